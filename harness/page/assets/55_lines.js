// What a line of the log tells when it is asked: a frame, field by field, with its bytes; the headers
// of a request; a text that is too long for the line.

/** The text of a line; where there is more, something to open. */
function lineText(line) {
  const detail = line[6];
  if (detail === undefined) return line[4];
  const opened = make(detail.op === undefined ? "details.more" : "details.more.frame", { ontoggle: () => {
    if (opened.open && opened.children.length === 1) opened.append(...lineDetail(detail));
  } }, make("summary", {}, line[4]));
  return opened;
}

function muteNote(data) {
  return data.lines_mute > 0 ? make("p.soft", {}, `Frames and headers of ${count(data.lines_mute, "line")} were too many ` +
    "for this report: the trace has them.") : "";
}

function lineDetail(detail) {
  const several = detail.first_of > 1 ? make("p.soft", {}, `The first of ${detail.first_of} that were alike:`) : "";
  const parts = detail.op !== undefined ? frameDetail(detail)
    : detail.headers !== undefined ? headersDetail(detail)
      : [make("p.said", {}, detail.text)];
  return [several, ...parts].filter((part) => part !== "");
}

function fields(rows) {
  return make("dl.fields", {}, rows.filter((row) => row !== null)
    .flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function headersDetail({ headers, more }) {
  return [fields([...headers, more > 0 ? ["…", `${count(more, "header")} more: the trace has them`] : null])];
}

const closeCodes = { 1000: "normal closure", 1001: "going away", 1002: "protocol error", 1003: "unsupported data",
  1005: "no status code is in it", 1006: "abnormal closure", 1007: "invalid payload", 1008: "policy violation", 1009: "message too big",
  1010: "mandatory extension", 1011: "internal error", 1012: "service restart", 1013: "try again later", 1014: "bad gateway", 1015: "TLS handshake" };

/** The head of a frame (RFC 6455, section 5.2), its payload as text and as bytes. */
function frameDetail(frame) {
  const { length = 0, rsv = 0, code = 0, text = "", hex = "" } = frame;
  const bits = [4, 2, 1].map((bit) => ((rsv & bit) > 0 ? "1" : "0")).join(" ");
  const kept = hex.length / 2;
  const rows = [
    ["from", frame.of],
    ["opcode", `${frame.number} (${frame.op})`],
    ["FIN", frame.fin ? "1: the message ends with it" : "0: the message goes on"],
    ["RSV1 RSV2 RSV3", bits + ((rsv & 4) > 0 ? " (compressed)" : "")],
    ["MASK", frame.masked ? "1 (the key is not kept; the bytes are shown without it)" : "0"],
    ["payload length", count(length, "byte")],
    code > 0 ? ["status code", code === 1005 ? closeCodes[code] : `${code}${closeCodes[code] ? `: ${closeCodes[code]}` : ""}`] : null,
    text !== "" ? [frame.op === "close" ? "reason" : (rsv & 4) > 0 ? "text, uncompressed" : "text", make("span.said", {}, text)] : null,
  ];
  const note = kept === 0 ? (length > 0 ? "The trace has none of its bytes." : "")
    : kept < length ? `Its first ${kept} of ${length} bytes${(rsv & 4) > 0 ? ", compressed" : ""}: a trace keeps no more of a frame.`
      : (rsv & 4) > 0 ? "Its bytes, compressed:" : "Its bytes:";
  return [fields(rows), note === "" ? "" : make("p.soft", {}, note),
    kept > 0 ? make("pre.bytes", { tabindex: 0, "aria-label": "Bytes: offset, hexadecimal, characters" }, hexDump(hex)) : ""].filter((part) => part !== "");
}

/** Sixteen bytes a row: where they begin, their digits, and what of them is ASCII. */
function hexDump(hex) {
  const bytes = hex.match(/../g).map((pair) => Number.parseInt(pair, 16));
  const rows = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16);
    const digits = row.map((byte) => byte.toString(16).padStart(2, "0"));
    const left = digits.slice(0, 8).join(" ").padEnd(23);
    const right = digits.slice(8).join(" ").padEnd(23);
    rows.push(`${at.toString(16).padStart(4, "0")}  ${left}  ${right}  ` +
      row.map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""));
  }
  return rows.join("\n");
}
