// Bytes: files to keep, base64, and the numbers of a latent.

/**
 * Hands a file to the browser's downloads.
 * @param {import("./types").FileReply} reply
 */
export function saveFile({ file, name, type }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytesOf(file)], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {Blob} blob */
export async function toBase64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

/**
 * The numbers of a latent.
 * @param {string} packed "<layers>.<base64url of float32>"
 */
export function floats(packed) {
  const text = packed.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  return [...new Float32Array(bytesOf(text).buffer)];
}

/** @param {string} text base64 */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
