// Shows what the portal sends, and opens what it is about. Keeps nothing and looks at no page.
self.addEventListener("push", (event) => {
  const told = event.data.json();
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag, // the same message again takes its own place
      lang: told.lang,
      data: { url: told.url, stop: told.stop },
      actions: told.stop ? [{ action: "stop", title: told.stopWords }] : [],
    }),
  );
});
self.addEventListener("notificationclick", (event) => {
  const data = event.notification.data;
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.action === "stop" ? data.stop : data.url));
});
