#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <pthread.h>

static int listen_on(int port) {
  int on = 1;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) {
    perror("bind");
    exit(1);
  }
  listen(listener, 128);
  return listener;
}

static void *serve(void *argument) {
  int client = (int)(long)argument;
  char data[4096];
  ssize_t got;
  while ((got = read(client, data, sizeof data)) > 0) {
    for (ssize_t i = 0; i < got; i++)
      if (data[i] >= 'a' && data[i] <= 'z') data[i] -= 32;
    for (ssize_t sent = 0, n; sent < got; sent += n)
      if ((n = write(client, data + sent, got - sent)) <= 0) break;
  }
  close(client);
  return NULL;
}

int main(void) {
  int listener = listen_on(12000);
  for (;;) {
    int client = accept(listener, NULL, NULL);
    pthread_t thread;
    if (client >= 0 && pthread_create(&thread, NULL, serve, (void *)(long)client) == 0)
      pthread_detach(thread);
  }
}
