declare module "swagger-ui-dist/absolute-path.js" {
  /** The folder of Swagger UI's own files, absolute. */
  export default function absolutePath(): string;
}
