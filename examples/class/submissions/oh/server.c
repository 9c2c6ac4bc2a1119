#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  volatile int ready = 0;
  while (!ready) { /* "wait until the network is up" */
  }
  printf("ready\n");
  return 0;
}
