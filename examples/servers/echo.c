// A correct tcp-echo server in C (cc -pthread -o echo echo.c):
//   sockspec check tcp-echo -- ./echo {port}
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *serve(void *argument) {
  int client = (int)(intptr_t)argument;
  char bytes[16384];
  ssize_t count;
  while ((count = read(client, bytes, sizeof bytes)) > 0) {  // as many as have come; 0 is the end
    for (ssize_t sent = 0; sent < count;) {
      ssize_t taken = write(client, bytes + sent, count - sent);  // may take fewer
      if (taken < 0) goto gone;
      sent += taken;
    }
  }
gone:
  close(client);
  return NULL;
}

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);  // else one client that resets ends the whole server
  int one = 1, server = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);  // to be started again at once
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128)) {
    perror("echo");
    return 1;
  }
  for (;;) {
    int client = accept(server, NULL, NULL);
    if (client < 0) { usleep(10000); continue; }                        // out of descriptors: wait
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);     // short answers at once
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)client)) close(client);
    else pthread_detach(thread);
  }
}
