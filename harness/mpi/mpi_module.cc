// The MPI module: each function of mpi_module.h by the one of MPI that does it.
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include "mpi/mpi_module.h"

#include <mpi.h>

#include <climits>
#include <cstddef>

namespace {

int begin(int* rank, int* size) {
  int provided = MPI_THREAD_SINGLE;
  // The workers of a run are threads that know nothing of MPI.
  if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) return 1;
  if (provided < MPI_THREAD_FUNNELED) return 1;
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  MPI_Comm_rank(MPI_COMM_WORLD, rank);
  MPI_Comm_size(MPI_COMM_WORLD, size);
  return 0;
}

const char* library() {
  static char text[MPI_MAX_LIBRARY_VERSION_STRING];
  int length = 0;
  MPI_Get_library_version(text, &length);
  return text;
}

void* started(int status, MPI_Request* request) {
  if (status == MPI_SUCCESS) return request;
  delete request;
  return nullptr;
}

void* send(int to, int tag, const void* bytes, std::size_t size) {
  if (size > INT_MAX) return nullptr;
  auto* const request = new MPI_Request(MPI_REQUEST_NULL);
  return started(
      MPI_Isend(bytes, static_cast<int>(size), MPI_BYTE, to, tag, MPI_COMM_WORLD, request),
      request);
}

long waiting(int from, int tag) {
  int there = 0;
  MPI_Status status;
  if (MPI_Iprobe(from, tag, MPI_COMM_WORLD, &there, &status) != MPI_SUCCESS || there == 0)
    return -1;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  return size;
}

void* receive(int from, int tag, void* bytes, std::size_t size) {
  auto* const request = new MPI_Request(MPI_REQUEST_NULL);
  return started(
      MPI_Irecv(bytes, static_cast<int>(size), MPI_BYTE, from, tag, MPI_COMM_WORLD, request),
      request);
}

int finished(void* transfer) {
  auto* const request = static_cast<MPI_Request*>(transfer);
  int done = 0;
  // A transfer that failed is over, too: what it was for will not come.
  if (MPI_Test(request, &done, MPI_STATUS_IGNORE) == MPI_SUCCESS && done == 0) return 0;
  delete request;
  return 1;
}

void end() { MPI_Finalize(); }

void abort_all(int exit_code) { MPI_Abort(MPI_COMM_WORLD, exit_code); }

constexpr SockspecMpi kModule{
    kSockspecMpiVersion, begin, library, send, waiting, receive, finished, end, abort_all};

}  // namespace

extern "C" __attribute__((visibility("default"))) const SockspecMpi* sockspec_mpi_module() {
  return &kModule;
}
