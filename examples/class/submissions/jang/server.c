#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <ctype.h>
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
  while ((got = recv(client, data, sizeof data, 0)) > 0) {
    for (ssize_t i = 0; i < got; i++)
      if (data[i] >= 'a' && data[i] <= 'z') data[i] -= 32;
    for (ssize_t sent = 0, n; sent < got; sent += n) {
      n = send(client, data + sent, got - sent, MSG_NOSIGNAL);
      if (n <= 0) goto end;
    }
  }
end:
  close(client);
  return NULL;
}

int main(int argc, char **argv) {
  int listener = listen_on(argc > 1 ? atoi(argv[1]) : 12000);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 64 * 1024);
  pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
  for (;;) {
    int client = accept(listener, NULL, NULL);
    pthread_t thread;
    if (client >= 0 && pthread_create(&thread, &small, serve, (void *)(long)client) != 0) close(client);
  }
}
