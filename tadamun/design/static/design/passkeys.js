/* Passkeys: the browser asks the device, the form carries its answer. Without scripts another way in stands beside. */
(function () {
  "use strict";
  var library = document.currentScript.dataset.library;
  if (!window.PublicKeyCredential) return;

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var answer = form.elements.credential;
    var trouble = form.querySelector("[data-trouble]");
    var failed = trouble.lastElementChild.textContent;
    var asking = false;
    form.hidden = false;
    // Coming back with the back button: an answer is good once.
    window.addEventListener("pageshow", function () { answer.value = ""; });
    form.addEventListener("submit", function (event) {
      if (answer.value) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      trouble.hidden = true;
      Promise.all([question(form), loaded()]).then(function (got) {
        return form.dataset.passkey === "create" ? create(got[0]) : window.webauthnJSON.get(got[0]);
      }).then(function (given) {
        asking = false;
        answer.value = JSON.stringify(given);
        form.requestSubmit();
      }).catch(function (error) {
        asking = false;
        trouble.lastElementChild.textContent = error.name === "InvalidStateError" ? trouble.dataset.known : failed;
        trouble.hidden = false;
      });
    });
  });
  document.querySelectorAll("[data-without-passkeys]").forEach(function (words) { words.hidden = true; });

  function create(options) {
    // One that the device keeps with the account's name, so that it can sign in alone.
    var wanted = options.publicKey.authenticatorSelection;
    wanted.residentKey = "required";
    wanted.requireResidentKey = true;
    return window.webauthnJSON.create(options);
  }
  function question(form) {
    if (form.dataset.question) {
      var asked = JSON.parse(document.getElementById(form.dataset.question).textContent);
      return Promise.resolve(asked.creation_options || asked.request_options);
    }
    return fetch(form.action, { headers: { Accept: "application/json" } }).then(function (response) {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    }).then(function (asked) { return asked.request_options; });
  }
  // Fetched when it is needed: most who open these pages go another way.
  function loaded() {
    return window.webauthnJSON ? Promise.resolve() : new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = library;
      script.onload = done;
      script.onerror = function () { failed(new Error("not loaded")); };
      document.head.append(script);
    });
  }
})();
