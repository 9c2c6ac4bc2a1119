#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <ctype.h>
#include <signal.h>
#include <sys/wait.h>

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

int main(void) {
  int listener = listen_on(12000);
  signal(SIGCHLD, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  for (;;) {
    int client = accept(listener, NULL, NULL);
    if (client < 0) continue;
    if (fork() == 0) {
      char text[1025];
      ssize_t got;
      close(listener);
      while ((got = recv(client, text, sizeof text - 1, 0)) > 0) {
        text[got] = '\0';
        for (char *c = text; *c; c++)
          if (*c >= 'a' && *c <= 'z') *c -= 32;
        size_t length = strlen(text);
        for (size_t sent = 0; sent < length;) {
          ssize_t n = send(client, text + sent, length - sent, 0);
          if (n <= 0) exit(0);
          sent += n;
        }
      }
      exit(0);
    }
    close(client);
  }
}
