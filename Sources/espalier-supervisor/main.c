// Runs a user's program for a worker, so that nothing of it outlives the worker, whatever ends that.
//
//   espalier-supervisor FOLDER SECONDS PROGRAM ARGUMENT...
//
// Makes FOLDER and says `ready`. When a byte comes in, runs the program in a session of its own, all that
// it says going to FOLDER/log, and tells how it ended, in a line: `exited STATUS`, `killed SIGNAL`, or
// `late`. When its input ends (the worker let go, or died), it ends what is left of the program, removes
// FOLDER, and ends.
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// How long the program has between SIGTERM and SIGKILL, and how long the killed have to be gone.
static const double grace = 2, patience = 10;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

struct process {
  pid_t id, parent;
};

// Every process there is; NULL where there is no telling.
static struct process *processes(size_t *count) {
  DIR *folder = opendir("/proc");
  if (folder == NULL) return NULL;
  struct process *found = NULL;
  size_t room = 0;
  *count = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    char path[32 + sizeof entry->d_name], text[1024];
    snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) continue;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) continue;
    text[length] = 0;
    // A program's name stands in parentheses and may hold any character, parentheses too.
    char *end = strrchr(text, ')');
    int parent;
    if (end == NULL || sscanf(end + 1, " %*c %d", &parent) != 1) continue;
    if (*count == room) {
      room = 2 * room + 256;
      struct process *larger = realloc(found, room * sizeof *found);
      if (larger == NULL) break;
      found = larger;
    }
    found[(*count)++] = (struct process){(pid_t)atoi(entry->d_name), (pid_t)parent};
  }
  closedir(folder);
  return found;
}

// Sends `signal` to all that descends from this process: sessions of their own hide nobody, as orphans
// become children of this process.
static void signal_descendants(int signal) {
  size_t count = 0;
  struct process *all = processes(&count);
  if (all == NULL) return;
  bool *ours = calloc(count, sizeof *ours);
  for (bool grows = ours != NULL; grows;) {
    grows = false;
    for (size_t i = 0; i < count; i++) {
      if (ours[i]) continue;
      bool descends = all[i].parent == getpid();
      for (size_t j = 0; !descends && j < count; j++) {
        descends = ours[j] && all[j].id == all[i].parent;
      }
      if (descends) {
        ours[i] = grows = true;
        kill(all[i].id, signal);
      }
    }
  }
  free(ours);
  free(all);
}

// Whether no child is left after waiting for those that ended.
static bool all_gone(void) {
  for (;;) {
    pid_t id = waitpid(-1, NULL, WNOHANG);
    if (id == 0) return false;
    if (id < 0 && errno != EINTR) return true;
  }
}

static void end_descendants(void) {
  if (all_gone()) return;
  const struct timespec moment = {0, 10000000};
  signal_descendants(SIGTERM);
  for (double end = now() + grace; now() < end;) {
    if (all_gone()) return;
    nanosleep(&moment, NULL);
  }
  for (double end = now() + patience; now() < end;) {
    signal_descendants(SIGKILL);
    if (all_gone()) return;
    nanosleep(&moment, NULL);
  }
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk) {
  (void)status, (void)kind, (void)walk;
  remove(path);
  return 0;
}

// Starts the program; returns its id, or -1.
static pid_t start(char **arguments, int log) {
  pid_t supervisor = getpid();
  pid_t id = fork();
  if (id != 0) return id;
  // Should this supervisor be killed, the program is too.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(127);
  setsid();
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execvp(arguments[0], arguments);
  dprintf(STDERR_FILENO, "%s: %s\n", arguments[0], strerror(errno));
  _exit(127);
}

int main(int count, char **arguments) {
  if (count < 4) {
    fputs("espalier-supervisor is started by espalier-worker\n", stderr);
    return 64;
  }
  const char *folder = arguments[1];
  double seconds = strtod(arguments[2], NULL);

  sigset_t watched;
  sigemptyset(&watched);
  const int numbers[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    // What is ignored is not told of.
    signal(numbers[i], SIG_DFL);
    sigaddset(&watched, numbers[i]);
  }
  sigprocmask(SIG_SETMASK, &watched, NULL);
  signal(SIGPIPE, SIG_IGN);
  int signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
  prctl(PR_SET_CHILD_SUBREAPER, 1);

  char path[4096];
  snprintf(path, sizeof path, "%s/log", folder);
  int log = -1;
  if (mkdir(folder, 0700) == 0) {
    log = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  }
  if (log < 0 || signals < 0) {
    dprintf(STDOUT_FILENO, "refused %s\n", strerror(errno));
    rmdir(folder);
    return 1;
  }
  dprintf(STDOUT_FILENO, "ready\n");

  pid_t program = 0;
  bool runs = false;
  double deadline = 0;
  for (bool held = true; held;) {
    struct pollfd waits[] = {{STDIN_FILENO, POLLIN, 0}, {signals, POLLIN, 0}};
    double left = deadline - now();
    int wait = !runs ? -1 : left <= 0 ? 0 : left >= 1000 ? 1000000 : (int)(1000 * left) + 1;
    if (poll(waits, 2, wait) < 0 && errno != EINTR) break;
    if (waits[0].revents != 0) {
      char order;
      ssize_t length = read(STDIN_FILENO, &order, 1);
      if (length > 0 && program == 0) {
        program = start(arguments + 3, log);
        runs = program > 0;
        deadline = now() + seconds;
        if (!runs) dprintf(STDOUT_FILENO, "refused %s\n", strerror(errno));
      }
      held = length > 0 || (length < 0 && errno == EINTR);
    }
    for (struct signalfd_siginfo info; read(signals, &info, sizeof info) == sizeof info;) {
      if (info.ssi_signo != SIGCHLD) held = false;
    }
    for (int status; runs;) {
      pid_t id = waitpid(-1, &status, WNOHANG);
      if (id < 0 && errno == EINTR) continue;
      if (id <= 0) break;
      if (id != program) continue;
      runs = false;
      end_descendants();
      if (WIFSIGNALED(status)) {
        dprintf(STDOUT_FILENO, "killed %d\n", WTERMSIG(status));
      } else {
        dprintf(STDOUT_FILENO, "exited %d\n", WEXITSTATUS(status));
      }
    }
    if (runs && now() >= deadline) {
      runs = false;
      end_descendants();
      dprintf(STDOUT_FILENO, "late\n");
    }
  }
  end_descendants();
  nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  return 0;
}
