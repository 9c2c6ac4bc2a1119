/* A fork bomb. Only ever to be started in a sandbox with a limit of processes. */
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  if (getenv("SOCKSPEC_PORT") == NULL) return 1; /* not by hand, by mistake */
  for (;;) {
    if (fork() < 0) usleep(1000);
  }
}
