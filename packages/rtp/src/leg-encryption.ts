import type { SrtpKey } from './srtp/master-key.ts';
import { type SrtpFault, SrtpReceiver } from './srtp/srtp-receiver.ts';
import { SrtpSender, type SrtpSenderSnapshot } from './srtp/srtp-sender.ts';

/** What both sides encrypt with. */
export interface SrtpKeys {
  readonly local: SrtpKey;
  readonly remote: SrtpKey;
}

export interface LegEncryptionSnapshot {
  readonly local: SrtpKeySnapshot;
  readonly remote: SrtpKeySnapshot;
  readonly sender: SrtpSenderSnapshot;
}

interface SrtpKeySnapshot {
  readonly suite: SrtpKey['suite'];
  /** Base64. */
  readonly keyAndSalt: string;
}

/** The encryption of one leg in both directions; without keys packets go through as they are. */
export class LegEncryption {
  #keys: SrtpKeys | undefined;
  #sender: SrtpSender | undefined;
  #receiver: SrtpReceiver | undefined;
  /** With the key before: packets on their way when the key changed, until the first with the new one comes. */
  #former: SrtpReceiver | undefined;

  /** Keys of a first or another agreement; the same ones go on counting where they are (RFC 4568 7.1.4). */
  agree(keys: SrtpKeys | undefined): void {
    if (!keys || !isSameKey(keys.local, this.#keys?.local)) this.#sender = keys && new SrtpSender(keys.local);
    if (!keys || !isSameKey(keys.remote, this.#keys?.remote)) {
      this.#former = this.#receiver;
      this.#receiver = keys && new SrtpReceiver(keys.remote);
    }
    this.#keys = keys;
  }

  get isOn(): boolean {
    return this.#keys !== undefined;
  }

  seal(packet: Buffer): Buffer {
    return this.#sender?.protect(packet) ?? packet;
  }

  sealControl(packet: Buffer): Buffer {
    return this.#sender?.protectRtcp(packet) ?? packet;
  }

  /** The readable packet, or why it is not let in; decrypts in place. */
  open(packet: Buffer): Buffer | SrtpFault {
    if (!this.#receiver) return packet;
    const opened = this.#receiver.open(packet);
    if (typeof opened !== 'string') this.#former = undefined;
    else if (this.#former && opened === 'not_authentic') return this.#former.open(packet);
    return opened;
  }

  openControl(packet: Buffer): Buffer | SrtpFault {
    return this.#receiver?.openRtcp(packet) ?? packet;
  }

  snapshot(): LegEncryptionSnapshot | null {
    if (!this.#keys || !this.#sender) return null;
    return { local: written(this.#keys.local), remote: written(this.#keys.remote), sender: this.#sender.snapshot() };
  }

  restore(snapshot: LegEncryptionSnapshot | null): void {
    this.agree(snapshot ? { local: read(snapshot.local), remote: read(snapshot.remote) } : undefined);
    if (snapshot) this.#sender?.restore(snapshot.sender);
  }
}

function isSameKey(one: SrtpKey, other: SrtpKey | undefined): boolean {
  return one.suite === other?.suite && Buffer.from(one.keyAndSalt).equals(other.keyAndSalt);
}

function written({ suite, keyAndSalt }: SrtpKey): SrtpKeySnapshot {
  return { suite, keyAndSalt: Buffer.from(keyAndSalt).toString('base64') };
}

function read({ suite, keyAndSalt }: SrtpKeySnapshot): SrtpKey {
  return { suite, keyAndSalt: Buffer.from(keyAndSalt, 'base64') };
}
