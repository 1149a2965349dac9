/** What an endpoint can do, as Allow, Supported and Accept say it: the sum of what has been registered. */
export class Capabilities {
  readonly #methods = new Set<string>();
  readonly #extensions = new Set<string>();
  readonly #bodies = new Set<string>();
  readonly #tolerated = new Set<string>();
  #allow = '';
  #supported = '';

  addMethod(method: string): void {
    this.#methods.add(method);
    this.#allow = [...this.#methods].join(', ');
  }

  /** An option tag (RFC 3261 27.1), such as `timer`. */
  addExtension(tag: string): void {
    this.#extensions.add(tag.toLowerCase());
    this.#supported = [...this.#extensions].join(', ');
  }

  /** An option tag that a request may insist on although we do not have it: the call goes well without. */
  tolerateExtension(tag: string): void {
    this.#tolerated.add(tag.toLowerCase());
  }

  /** A media type we read outside and inside of dialogs, such as `application/sdp`. */
  addBody(type: string): void {
    this.#bodies.add(type.toLowerCase());
  }

  get allow(): string {
    return this.#allow;
  }

  get supported(): string {
    return this.#supported;
  }

  get accept(): string {
    return [...this.#bodies].join(', ');
  }

  /** Whether a request may insist on it. */
  supports(tag: string): boolean {
    const name = tag.toLowerCase();
    return this.#extensions.has(name) || this.#tolerated.has(name);
  }

  /** @param type in lower case, without parameters. */
  reads(type: string): boolean {
    return this.#bodies.has(type);
  }
}
