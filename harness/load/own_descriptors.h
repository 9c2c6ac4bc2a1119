// A table of descriptors for one thread alone.
#pragma once

#include <sched.h>

namespace sockspec::load {

// What the calling thread opens from now on is in no other, and what was open before is closed when
// both have closed it. The kernel need not hold on to a descriptor for the time of a call when no
// other thread can close it, which is 48 of the 320 ns of a recv() that finds nothing. Where a
// container forbids it, the table stays shared; so it does under ThreadSanitizer, which takes one
// number in two tables for one descriptor. unshare(2), CLONE_FILES.
inline void keep_descriptors_apart() {
#ifndef __SANITIZE_THREAD__
  ::unshare(CLONE_FILES);
#endif
}

}  // namespace sockspec::load
