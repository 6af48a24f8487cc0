/* Starts Swagger UI with the spec that the page has loaded as a script. */
window.addEventListener("load", function () {
  "use strict";
  window.SwaggerUIBundle({
    spec: window.docwrightSpec,
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "list",
    validatorUrl: null,
    persistAuthorization: false
  });
});
