/** How a download stands in the OpenAPI document. */
export const fileResponse = {
  description: "The file, as a download",
  content: { "application/octet-stream": { schema: { type: "string" as const, format: "binary" } } },
};
