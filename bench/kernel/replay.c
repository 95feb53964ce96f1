/*
 * The replay of the full definition (bench/support/pacts.ts), in C by hand: the same algorithm as src/engine/replay/fast,
 * on the same columns and tables, for the limit of what this machine's processor gives. Its results are compared with
 * the engine's, bit for bit.
 *
 * Usage: replay DIRECTORY UNTIL TIMES. Reads one file per array from the directory, replays so many times, prints the
 * nanoseconds of each, and leaves `mql_at` and `interest` in the directory.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint32_t u32;
typedef uint8_t u8;

static const char *directory;

static void *load(const char *name, size_t *bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  void *data = malloc(size + 8);
  if (fread(data, 1, size, file) != size) { perror(path); exit(1); }
  fclose(file);
  if (bytes) *bytes = size;
  return data;
}

static void save(const char *name, const void *data, size_t bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(data, 1, bytes, file) != bytes) { perror(path); exit(1); }
  fclose(file);
}

#define LIVES 1000
#define BITS 10
#define STEPS (1 << BITS)
static double halves[LIVES], roots[STEPS];

static void prepare_decay(void) {
  halves[0] = 1;
  for (int n = 1; n < LIVES; n++) halves[n] = halves[n - 1] / 2;
  for (int i = 0; i < STEPS; i++) {
    double product = 1, root = 0.5;
    for (int bit = STEPS / 2; bit >= 1; bit /= 2) {
      root = sqrt(root);
      if (i & bit) product *= root;
    }
    roots[i] = product;
  }
}

static inline double decay(double age, double half_life) {
  double lives = age / half_life;
  if (!(lives < LIVES)) return 0;
  double steps = lives * STEPS;
  int step = (int)steps;
  double x = (steps - step) * (0.69314718055994530942 / STEPS);
  double series = 1 - x * (1 - x * (0.5 - x * (1.0 / 6 - x * (1.0 / 24))));
  return halves[step >> BITS] * roots[step & (STEPS - 1)] * series;
}

#define CRITERIA 64
#define NEVER INFINITY
#define MARGIN 1e-9

enum kind { CARRIED, WINDOWED, GATED };

/* What the engine would have worked out once, before the replay. */
static u32 *starts, *codes, *class_of, *rows;
static double *instants, *since;
static u32 *carried_starts, *carried, *kept_starts, *kept, *counted_starts, *counted;
static double *rise, *points, *half_lives, *caps, *reaches, *gate_times;
static u32 *gates, *kinds;
static size_t leads, criteria;
/* Fit: for each attribute its codes and points; `both_a` and `both_b` make the one criterion on two attributes. */
static size_t fits;
static u32 *fit_codes[16], *email_codes, *domain_codes, *both_a_codes, *both_b_codes;
static double *fit_points[16], *both_points;
static u8 *email_known, *domain_bad, *both_a, *both_b;
static u32 demo;

static double *mql_at, *interest_out, *fit_out;

struct list { double *at; size_t size, head, added, room; long count; double sum, last, until; int open; };
static struct list lists[CRITERIA];
static double sums[CRITERIA], lasts[CRITERIA];
static u32 did[CRITERIA];

static void restart(struct list *list) {
  list->added = list->head;
  list->count = 0;
  list->sum = list->last = 0;
  list->until = NEVER;
}

static double read_list(struct list *list, size_t k, double at) {
  while (list->head < list->size && at - list->at[list->head] > reaches[k]) list->head++;
  int open = kinds[k] != GATED || did[gates[k]] >= gate_times[k];
  if (open != list->open || at > list->until) {
    list->open = open;
    restart(list);
  }
  for (size_t i = list->added > list->head ? list->added : list->head; i < list->size; i++) {
    double instant = list->at[i];
    if (!open || at - instant > reaches[k]) continue;
    double left = list->count == 0 ? 0 : list->sum * decay(instant - list->last, half_lives[k]);
    list->sum = left + points[k];
    list->count++;
    list->last = instant;
    if (instant + reaches[k] < list->until) list->until = instant + reaches[k];
  }
  list->added = list->size;
  return list->count == 0 ? 0 : list->sum * decay(at - list->last, half_lives[k]);
}

static double bound_read;

static double read_interest(double at) {
  double interest = 0, bound = 0;
  for (size_t k = 0; k < criteria; k++) {
    double value;
    if (kinds[k] != CARRIED) value = read_list(&lists[k], k, at);
    else value = sums[k] == 0 ? 0 : sums[k] * decay(at - lasts[k], half_lives[k]);
    if (points[k] < 0) value = value > caps[k] ? value : caps[k];
    else value = value < caps[k] ? value : caps[k];
    interest += value;
    if (points[k] < 0) continue;
    double most = value;
    if (kinds[k] == GATED) {
      most = points[k] * (double)(lists[k].size - lists[k].head);
      if (most > caps[k]) most = caps[k];
    }
    bound += most;
  }
  bound_read = bound > 0 ? bound : 0;
  return interest > 0 ? interest : 0;
}

static size_t settle(size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    u32 one = class_of[codes[i]];
    for (u32 item = carried_starts[one]; item < carried_starts[one + 1]; item++) {
      u32 k = carried[item];
      double at = instants[i];
      sums[k] = (sums[k] == 0 ? 0 : sums[k] * decay(at - lasts[k], half_lives[k])) + points[k];
      lasts[k] = at;
    }
    for (u32 item = kept_starts[one]; item < kept_starts[one + 1]; item++) {
      struct list *list = &lists[kept[item]];
      if (list->size == list->room) {
        list->room = list->room ? list->room * 2 : 64;
        list->at = realloc(list->at, list->room * sizeof(double));
      }
      list->at[list->size++] = instants[i];
    }
  }
  return to;
}

static void replay(double until) {
  for (size_t lead = 0; lead < leads; lead++) {
    size_t next = starts[lead], end = starts[lead + 1], settled = next;
    while (end > next && instants[end - 1] > until) end--;
    u32 row = rows[lead];
    double fit = 0;
    for (size_t f = 0; f < fits; f++) fit += fit_points[f][fit_codes[f][row]];
    if (both_a[both_a_codes[row]] == 2 && both_b[both_b_codes[row]] == 2) fit += both_points[0];
    if (fit < 0) fit = 0;
    int may = email_known[email_codes[row]] == 2 && domain_bad[domain_codes[row]] != 2;

    memset(sums, 0, sizeof sums);
    memset(did, 0, sizeof did);
    for (size_t k = 0; k < criteria; k++) {
      lists[k].size = lists[k].head = 0;
      restart(&lists[k]);
    }
    double found = NAN, bound = 0, need = NEVER, change = since[row];
    int searching = 1;
    while (next < end || change != NEVER) {
      double at = next < end && instants[next] < change ? instants[next] : change;
      int changed = 0;
      if (change == at) { change = NEVER; changed = 1; }
      for (; next < end && instants[next] == at; next++) {
        u32 one = class_of[codes[next]];
        bound += rise[one];
        for (u32 item = counted_starts[one]; item < counted_starts[one + 1]; item++) {
          did[counted[item]]++;
          changed = 1;
        }
      }
      if (changed && searching) need = !may ? NEVER : did[demo] > 0 ? 0 : fit >= 40 ? 30 * (1 - MARGIN) : NEVER;
      if (bound < need) continue;
      settled = settle(settled, next);
      double interest = read_interest(at);
      bound = bound_read;
      if (interest >= need && may && (did[demo] > 0 || (fit >= 40 && interest >= 30))) {
        found = at;
        searching = 0;
        need = NEVER;
      }
    }
    settle(settled, end);
    mql_at[lead] = found;
    fit_out[lead] = fit;
    interest_out[lead] = read_interest(until);
  }
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  directory = arguments[1];
  double until = atof(arguments[2]);
  int times = atoi(arguments[3]);
  size_t bytes;
  prepare_decay();
  starts = load("starts", &bytes);
  leads = bytes / sizeof(u32) - 1;
  instants = load("instants", 0); codes = load("codes", 0); class_of = load("class_of", 0);
  rows = load("rows", 0); since = load("since", 0);
  carried_starts = load("carried_starts", 0); carried = load("carried", 0);
  kept_starts = load("kept_starts", 0); kept = load("kept", 0);
  counted_starts = load("counted_starts", 0); counted = load("counted", 0);
  rise = load("rise", 0);
  points = load("points", &bytes);
  criteria = bytes / sizeof(double);
  half_lives = load("half_lives", 0); caps = load("caps", 0); reaches = load("reaches", 0);
  gates = load("gates", 0); gate_times = load("gate_times", 0); kinds = load("kinds", 0);
  demo = *(u32 *)load("demo", 0);
  fits = *(u32 *)load("fits", 0);
  for (size_t f = 0; f < fits; f++) {
    char name[32];
    snprintf(name, sizeof name, "fit_codes_%zu", f); fit_codes[f] = load(name, 0);
    snprintf(name, sizeof name, "fit_points_%zu", f); fit_points[f] = load(name, 0);
  }
  email_codes = load("email_codes", 0); email_known = load("email_known", 0);
  domain_codes = load("domain_codes", 0); domain_bad = load("domain_bad", 0);
  both_a_codes = load("both_a_codes", 0); both_a = load("both_a", 0);
  both_b_codes = load("both_b_codes", 0); both_b = load("both_b", 0);
  both_points = load("both_points", 0);
  mql_at = malloc(leads * sizeof(double));
  interest_out = malloc(leads * sizeof(double));
  fit_out = malloc(leads * sizeof(double));
  for (int time = 0; time < times; time++) {
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    replay(until);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    printf("%.0f\n", (double)(after.tv_sec - before.tv_sec) * 1e9 + (double)(after.tv_nsec - before.tv_nsec));
  }
  save("mql_at", mql_at, leads * sizeof(double));
  save("interest", interest_out, leads * sizeof(double));
  save("fit", fit_out, leads * sizeof(double));
  return 0;
}
