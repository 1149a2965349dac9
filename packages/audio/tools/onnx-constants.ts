/**
 * Reads the constants out of an ONNX model without a library: ONNX is one protobuf message, and of protobuf four wire
 * types and of ONNX five messages are enough (field numbers: onnx.proto3 of github.com/onnx/onnx).
 */

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const NODE_OUTPUT = 2;
const NODE_OPERATOR = 4;
const NODE_ATTRIBUTE = 5;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_TENSOR = 5;
const ATTRIBUTE_GRAPH = 6;
const TENSOR_DIMENSIONS = 1;
const TENSOR_TYPE = 2;
const TENSOR_RAW = 9;
const TENSOR_TYPE_FLOAT = 1;

export interface Tensor {
  readonly dimensions: readonly number[];
  readonly values: Float32Array;
}

/** A number for wire type 0, otherwise the field's bytes. */
type Value = number | Uint8Array;

/** The float constants of one branch of the model's `If` node, by the name of their output. */
export function branchConstants(model: Uint8Array, branch: 'then_branch' | 'else_branch'): Map<string, Tensor> {
  const graph = bytesOf(model, MODEL_GRAPH);
  const choice = allBytes(graph, GRAPH_NODE).find((node) => text(bytesOf(node, NODE_OPERATOR)) === 'If');
  if (choice === undefined) throw new Error('The model has no If node: it is not the one this tool was written for.');
  const attribute = allBytes(choice, NODE_ATTRIBUTE).find((each) => text(bytesOf(each, ATTRIBUTE_NAME)) === branch);
  if (attribute === undefined) throw new Error(`The model's If node has no ${branch}.`);
  const constants = new Map<string, Tensor>();
  for (const node of allBytes(bytesOf(attribute, ATTRIBUTE_GRAPH), GRAPH_NODE)) {
    if (text(bytesOf(node, NODE_OPERATOR)) !== 'Constant') continue;
    const tensor = allBytes(node, NODE_ATTRIBUTE).flatMap((each) => allBytes(each, ATTRIBUTE_TENSOR))[0];
    if (tensor === undefined || all(tensor, TENSOR_TYPE)[0] !== TENSOR_TYPE_FLOAT) continue;
    constants.set(text(bytesOf(node, NODE_OUTPUT)), readTensor(tensor));
  }
  return constants;
}

function readTensor(message: Uint8Array): Tensor {
  // A repeated number is either one field each or all packed into one.
  const dimensions = all(message, TENSOR_DIMENSIONS).flatMap((each) =>
    typeof each === 'number' ? [each] : varints(each),
  );
  // Copied, since the bytes may lie at any offset and floats only at every fourth.
  const raw = new Uint8Array(bytesOf(message, TENSOR_RAW));
  return { dimensions, values: new Float32Array(raw.buffer) };
}

function bytesOf(message: Uint8Array, number: number): Uint8Array {
  const [value] = allBytes(message, number);
  if (value === undefined) throw new Error(`Field ${number} is missing: the file is damaged or no ONNX model.`);
  return value;
}

function allBytes(message: Uint8Array, number: number): Uint8Array[] {
  return all(message, number).filter((value) => typeof value !== 'number');
}

/** All values of one field, in order. */
function all(message: Uint8Array, number: number): Value[] {
  const values: Value[] = [];
  for (const field of fields(message)) if (field.number === number) values.push(field.value);
  return values;
}

function* fields(message: Uint8Array): Generator<{ number: number; value: Value }> {
  for (let at = 0; at < message.length; ) {
    const key = varint(message, at);
    const number = key.value >> 3;
    const start = key.end;
    switch (key.value & 7) {
      case VARINT: {
        const { value, end } = varint(message, start);
        yield { number, value };
        at = end;
        break;
      }
      case FIXED_64:
        yield { number, value: message.subarray(start, start + 8) };
        at = start + 8;
        break;
      case FIXED_32:
        yield { number, value: message.subarray(start, start + 4) };
        at = start + 4;
        break;
      case BYTES: {
        const length = varint(message, start);
        at = length.end + length.value;
        yield { number, value: message.subarray(length.end, at) };
        break;
      }
      default:
        throw new Error(`Wire type ${key.value & 7} at byte ${at}: the file is damaged or no ONNX model.`);
    }
  }
}

/** Seven bits a byte, lowest first, the eighth bit saying that more follow. */
function varint(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  let scale = 1;
  let end = at;
  for (; (bytes[end] ?? 0) >= 0x80; end++) {
    value += ((bytes[end] ?? 0) & 0x7f) * scale;
    scale *= 0x80;
  }
  return { value: value + (bytes[end] ?? 0) * scale, end: end + 1 };
}

function varints(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = varint(bytes, at);
    values.push(value);
    at = end;
  }
  return values;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
