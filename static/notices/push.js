// Offers messages in this browser, where it can show them; without a script other ways remain.
const section = document.querySelector("[data-push-key]");
const form = section?.querySelector("[data-push-form]");
if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.hidden = false;
  section.querySelector("[data-push-without]").hidden = true;
  form.addEventListener("submit", subscribe);
}

async function subscribe(event) {
  if (form.elements.endpoint.value) return;
  event.preventDefault();
  if ((await Notification.requestPermission()) !== "granted") return;
  const registration = await navigator.serviceWorker.register(section.dataset.pushWorker);
  const told = (
    await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: section.dataset.pushKey,
    })
  ).toJSON();
  form.elements.endpoint.value = told.endpoint;
  form.elements.key.value = told.keys.p256dh;
  form.elements.secret.value = told.keys.auth;
  form.submit();
}
