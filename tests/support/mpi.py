"""Starting sockspec by mpirun, where that is possible."""

import atexit
import os
import pathlib
import shutil
import tempfile

from support.sockspec import SOCKSPEC

MODULE = "sockspec_mpi.so"
# --oversubscribe: a test machine has fewer cores than ranks; vader: shared memory without ptrace, which containers forbid.
MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none",
          "--mca", "btl_vader_single_copy_mechanism", "none"]

# Open MPI names files in /tmp and /dev/shm after its process number. Tests that run at the same time have
# such numbers each for itself (isolation), so they need these folders for themselves, too.
_OWN = tempfile.mkdtemp(prefix="sockspec-mpi-")
atexit.register(shutil.rmtree, _OWN, ignore_errors=True)
os.environ["OMPI_MCA_orte_tmpdir_base"] = _OWN
os.environ["OMPI_MCA_btl_vader_backing_directory"] = _OWN


def missing():
    """Why there can be no ranks here; "" if there can."""
    if shutil.which("mpirun") is None:
        return "there is no mpirun here (Debian: openmpi-bin)"
    folder = pathlib.Path(SOCKSPEC).parent
    if (folder / MODULE).exists() or any((folder.parent / "lib").glob(f"**/sockspec/{MODULE}")):
        return ""
    return f"sockspec was built without MPI: there is no {MODULE}"
