type Report = { id: string; memoryMegabytes: number; durationMs: number };

/** The lines that Lambda writes around what a function prints. Developer Guide, "Sending Lambda function logs to CloudWatch Logs". */
export function framedLog(log: string, { id, memoryMegabytes, durationMs }: Report): string {
  const duration = `Duration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms`;
  const end = log === '' || log.endsWith('\n') ? '' : '\n';
  return `START RequestId: ${id} Version: $LATEST\n${log}${end}END RequestId: ${id}\nREPORT RequestId: ${id}\t${duration}\tMemory Size: ${memoryMegabytes} MB\n`;
}
