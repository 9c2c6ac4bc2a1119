/* The MPI module: the whole of what sockspec wants of MPI, as a table of C functions.
 *
 * The module is a shared object of its own, linked with libmpi and opened only when a launcher has
 * started several ranks; so the executable needs no libmpi. All functions are called from one
 * thread. Messages are bytes; nothing here waits, except begin() and end(). Pure C, so that the
 * module may be built with another compiler than the executable. */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct SockspecMpi {
  int version; /* kSockspecMpiVersion, or the two do not fit */

  /* 0, or not: MPI could not be begun. */
  int (*begin)(int* rank, int* size);

  /* The name of the library and its version; lives as long as the module. */
  const char* (*library)(void);

  /* Begins to send. The bytes must live until finished() or cancel(). NULL: it cannot be sent. */
  void* (*send)(int to, int tag, const void* bytes, size_t size);

  /* The size of a message that is there, or -1. */
  long (*waiting)(int from, int tag);

  /* Begins to receive a message that is waiting, of this size. As send(). */
  void* (*receive)(int from, int tag, void* bytes, size_t size);

  /* Is it over? Then the transfer is forgotten. */
  int (*finished)(void* transfer);

  /* All ranks end together; may wait for them. */
  void (*end)(void);

  /* Ends all ranks now with this exit code. */
  void (*abort)(int exit_code);
};

enum { kSockspecMpiVersion = 1 };

#define SOCKSPEC_MPI_MODULE "sockspec_mpi.so"
#define SOCKSPEC_MPI_ENTRY "sockspec_mpi_module"

typedef const struct SockspecMpi* (*SockspecMpiEntry)(void);

#ifdef __cplusplus
}
#endif
