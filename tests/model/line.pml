/* The waiting line as spin looks at it. line_moves.pml, written by kith_line_model from src/domain/line_move.h, holds every
   state and every move; here is what they move: what the store and the board remember, how the board gives
   (src/care/line_board.cc, give_to_all_with_room), and the world around it: three customers, two colleagues, one crash.

   What happens is one step, as it is for the board: everything happens under its lock, and no claim looks in between. Which
   of two colleagues with room is given whom is left open, so the claims hold however choose_colleague() chooses. */

#define CUSTOMERS 3
#define COLLEAGUES 2
#define NOBODY COLLEAGUES
#define NONE CUSTOMERS
#include "line_moves.pml"

/* Where a colleague says she is: away or on a beat, open or gentle, with someone. */
#define gone 0
#define here 1
#define busy 2

/* What the store keeps through a crash. longer(a, b): a has waited longer than b, as waiting_since says. */
bool owed[CUSTOMERS];
bool quiet[CUSTOMERS];
bool since[9];
#define longer(a, b) since[(a) * CUSTOMERS + (b)]

/* What only the board knows. earlier(a, b): the place of a is by time before that of b. */
byte state[CUSTOMERS];
byte with[CUSTOMERS] = NOBODY;
bool front[CUSTOMERS];
bool placed[9];
bool said_not_me[6];
byte level[COLLEAGUES];
#define earlier(a, b) placed[(a) * CUSTOMERS + (b)]
#define unwilling(c, k) said_not_me[(c) * COLLEAGUES + (k)]

/* For the claims and the bounds of this world; the board never looks at them. */
bool refused;
bool was_liked;   /* in this pass somebody could have gone to either colleague */
bool liked_twice; /* and somebody else as well */
bool given_too_many;
#ifdef WATCH_WHO_STAYS
bool has_answered; /* colleague 0 did, in this step */
#define new_step() has_answered = false
#else
#define new_step() skip
#endif
#ifdef COUNT_OVERTAKING
#define MOST_OVERTAKING 2
byte overtaken[CUSTOMERS];
bool passed[9];
#endif
#ifdef WATCH_THE_TURN
bool never_with[CUSTOMERS];
bool out_of_turn;
#endif

/* Whom a person is given to when both colleagues could have her. More than one such person in one pass there never is:
   while somebody waits nobody has room, and nothing that happens makes room at both. */
byte liked, i, j, first, chosen;

/* She is in line anew: she asked for quiet, or a colleague took her out of turn. */
inline count_anew(c) {
#ifdef COUNT_OVERTAKING
  overtaken[c] = 0;
  passed[c * CUSTOMERS] = false;
  passed[c * CUSTOMERS + 1] = false;
  passed[c * CUSTOMERS + 2] = false
#else
  skip
#endif
}

inline needs_no_place(c) {
  front[c] = false;
  j = 0;
  do
  :: j < CUSTOMERS -> earlier(c, j) = false; earlier(j, c) = false; j++
  :: else -> break
  od;
  j = 0;
  do
  :: j < COLLEAGUES -> unwilling(c, j) = false; j++
  :: else -> break
  od;
  j = 0
}

inline place_by_time(c) {
  front[c] = false;
  j = 0;
  do
  :: j < CUSTOMERS -> earlier(c, j) = longer(c, j); earlier(j, c) = longer(j, c); j++
  :: else -> break
  od;
  j = 0
}

inline place_in_front(c) { front[c] = true }

inline place_at_end(c) {
  front[c] = false;
  j = 0;
  do
  :: j < CUSTOMERS -> earlier(c, j) = false; earlier(j, c) = (j != c && state[j] != resting); j++
  :: else -> break
  od;
  j = 0
}

#define is_with(c, k) (with[c] == (k))
#define load(k) (is_with(0, k) + is_with(1, k) + is_with(2, k))
#define has_room(k) (level[k] == here && load(k) < capacity_of(k))
#define is_held(c) (state[c] == given || state[c] == taken)
#ifndef CAPACITY_OF_1
#define CAPACITY_OF_1 2
#endif
#define capacity_of(k) (1 + (k) * (CAPACITY_OF_1 - 1)) /* that of 0 is 1 */

#if defined(CAPACITY_IGNORED)
#define is_free(k) (level[k] == here)
#elif defined(GIVES_TO_A_BEAT)
#define is_free(k) (level[k] != busy && load(k) < capacity_of(k))
#else
#define is_free(k) has_room(k)
#endif
#ifdef LAST_COME_FIRST_SERVED
#define comes_before(a, b) (earlier(b, a))
#else
#define comes_before(a, b) ((front[a] && !front[b]) || (front[a] == front[b] && earlier(a, b)))
#endif

inline find_first() {
  first = NONE;
  i = 0;
  do
  :: i < CUSTOMERS ->
     if
     :: state[i] == in_line && first == NONE -> first = i
     :: state[i] == in_line && first != NONE && comes_before(i, first) -> first = i
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0
}

/* Whoever said "not me" comes last; of the others any. */
#define is_willing(k) (is_free(k) && !unwilling(first, k))
#define may_have(k) (is_free(k) && (!unwilling(first, k) || !(is_willing(0) || is_willing(1))))
inline choose_colleague() {
  if
  :: may_have(0) && may_have(1) -> chosen = liked; liked_twice = (liked_twice || was_liked); was_liked = true
  :: may_have(0) && !may_have(1) -> chosen = 0
  :: !may_have(0) && may_have(1) -> chosen = 1
  :: else -> chosen = NOBODY
  fi
}

inline note_who_is_passed() {
  if
  :: load(chosen) >= capacity_of(chosen) -> given_too_many = true
  :: else -> skip
  fi;
#ifdef COUNT_OVERTAKING
  i = 0;
  do
  :: i < CUSTOMERS ->
     if
     :: state[i] == in_line && longer(i, first) && !passed[i * CUSTOMERS + first] ->
        passed[i * CUSTOMERS + first] = true;
        overtaken[i] = (overtaken[i] > MOST_OVERTAKING -> overtaken[i] : overtaken[i] + 1)
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0;
#endif
#ifdef WATCH_THE_TURN
  i = 0;
  do
  :: i < CUSTOMERS ->
     out_of_turn = (out_of_turn || (never_with[first] && state[i] == in_line && longer(i, first)));
     i++
  :: else -> break
  od;
  i = 0;
  never_with[first] = false;
#endif
  skip
}

/* The pass after everything that happens. */
inline give_to_all_with_room() {
  do
  :: true ->
     find_first();
     if
     :: first == NONE -> break
     :: else -> skip
     fi;
     choose_colleague();
     if
     :: chosen == NOBODY -> break
     :: else -> skip
     fi;
     note_who_is_passed();
     on_is_given(first);
     with[first] = chosen;
#ifdef ONE_PER_PASS
     break
#endif
  od;
  first = 0;
  chosen = 0;
  was_liked = false;
  liked = 0
}

inline hand_back_for_a_beat(k) {
  i = 0;
  do
  :: i < CUSTOMERS ->
     if
     :: is_held(i) && with[i] == k -> on_beat_begins(i)
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0
}

inline hand_back_and_leave(k) {
  i = 0;
  do
  :: i < CUSTOMERS ->
     if
     :: is_held(i) && with[i] == k -> on_colleague_leaves(i)
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0
}

inline begins_to_wait(c) {
  owed[c] = true;
#ifdef WATCH_THE_TURN
  never_with[c] = true;
#endif
  j = 0;
  do
  :: j < CUSTOMERS -> longer(j, c) = (j != c && owed[j]); longer(c, j) = false; j++
  :: else -> break
  od;
  j = 0
}

inline was_with_somebody(c) {
#ifdef WATCH_THE_TURN
  never_with[c] = false
#else
  skip
#endif
}

inline waits_no_more(c) {
  owed[c] = false;
  quiet[c] = false;
#ifdef WATCH_THE_TURN
  never_with[c] = false;
#endif
#ifdef COUNT_OVERTAKING
  passed[c] = false;
  passed[CUSTOMERS + c] = false;
  passed[2 * CUSTOMERS + c] = false;
#endif
  count_anew(c);
  j = 0;
  do
  :: j < CUSTOMERS -> longer(j, c) = false; longer(c, j) = false; j++
  :: else -> break
  od;
  j = 0
}

/* The house falls over and starts again: the store keeps what it knew, the board and who is there are new. */
inline start_again() {
  i = 0;
  do
  :: i < COLLEAGUES -> level[i] = gone; i++
  :: else -> break
  od;
  i = 0;
  do
  :: i < CUSTOMERS ->
     unwilling(i, 0) = false;
     unwilling(i, 1) = false;
     on_house_starts(i);
     i++
  :: else -> break
  od;
  i = 0
}

#define other(k) (1 - (k))

/* What brings a customer into the line, at any time and as often as she likes; `likes`: whom she is given to when both could
   have her. */
proctype asking(byte c; byte likes) {
  do
  :: d_step { !owed[c] -> new_step(); liked = likes; begins_to_wait(c); on_asks(c); give_to_all_with_room() }
  :: d_step { quiet[c] -> new_step(); liked = likes; quiet[c] = false; on_asks(c); give_to_all_with_room() }
  :: d_step { quiet[c] -> new_step(); liked = likes; quiet[c] = false; on_pause_ends(c); give_to_all_with_room() }
  od
}

/* What else happens to her: one more word, quiet, a human word (or she takes back hers), her record is joined with another,
   "not me". */
proctype customer(byte c) {
  do
  :: d_step { owed[c] && !quiet[c] -> new_step(); on_asks(c); on_pause_ends(c); give_to_all_with_room() }
  :: d_step { owed[c] && !quiet[c] -> new_step(); quiet[c] = true; count_anew(c); on_pause_begins(c); give_to_all_with_room() }
  :: d_step {
       owed[c] -> new_step();
#ifdef WATCH_WHO_STAYS
       has_answered = (with[c] == 0);
#endif
       waits_no_more(c);
       on_is_answered(c);
#ifndef NO_PASS_AFTER_AN_ANSWER
       give_to_all_with_room()
#endif
     }
  :: d_step { owed[c] -> new_step(); waits_no_more(c); on_is_told_elsewhere(c); give_to_all_with_room() }
  :: d_step {
       c == 0 && is_held(c) && is_free(other(with[c])) && !unwilling(c, other(with[c])) ->
       new_step();
       unwilling(c, with[c]) = true;
       on_is_handed_on(c);
       give_to_all_with_room()
     }
  od
}

/* What a colleague may do at any time and as often as she likes. */
proctype colleague(byte k) {
  do
  :: d_step { level[k] != here -> new_step(); level[k] = here; give_to_all_with_room() }
  :: d_step { k == 1 && level[k] == here -> new_step(); level[k] = busy; give_to_all_with_room() }
  :: d_step { level[k] != gone -> new_step(); level[k] = gone; hand_back_for_a_beat(k); give_to_all_with_room() }
  :: d_step { level[k] != gone -> new_step(); level[k] = gone; hand_back_and_leave(k); give_to_all_with_room() }
  od
}

/* Colleague 1 takes somebody by her own will, from the line or from the other, whatever her capacity. */
proctype taker(byte c) {
  do
  :: d_step {
       level[1] != gone && (state[c] == in_line || is_held(c)) && with[c] != 1 ->
       new_step();
       count_anew(c);
       was_with_somebody(c);
       on_is_taken(c);
       with[c] = 1;
       give_to_all_with_room()
     }
  od
}

proctype fate() {
  d_step { start_again() }
}

init {
  atomic {
    run asking(0, 0); run asking(0, 1); run asking(1, 0); run asking(1, 1); run asking(2, 0); run asking(2, 1);
    run customer(0); run customer(1); run customer(2);
    run colleague(0); run colleague(1); run taker(0); run taker(1); run taker(2); run fate()
  }
}

/* Whoever asks is in line after that one action, and stays there until she is answered; while she wants quiet, quietly. */
#define hears(c) (!owed[c] || (quiet[c] && state[c] == paused) || (!quiet[c] && (state[c] == in_line || is_held(c))))
ltl heard { [] (hears(0) && hears(1) && hears(2)) }

/* A conversation said to be with a colleague has one who is there. */
#define is_there(k) (level[k] != gone)
#define owns(c) (is_held(c) == ((is_with(c, 0) && is_there(0)) || (is_with(c, 1) && is_there(1))))
ltl owned { [] (owns(0) && owns(1) && owns(2)) }

/* The house gives nobody more than she wants at once. */
ltl capacity { [] !given_too_many }

/* Nobody waits while a colleague has room. */
#define somebody_waits (state[0] == in_line || state[1] == in_line || state[2] == in_line)
ltl drained { [] !(somebody_waits && (has_room(0) || has_room(1))) }

/* What the table refuses is never asked of it, and one choice for each pass is all the choices there are. */
ltl decided { [] (!refused && !liked_twice) }

#ifdef WATCH_WHO_STAYS
/* While one colleague stays and goes on answering, whoever is in line is given to somebody: whatever the other does, and
   though the house crashes. */
#define stays (level[0] == here)
#define goes_on (has_answered || load(0) == 0)
#define waits(c) (state[c] == in_line)
ltl served { (<>[] stays && []<> goes_on) -> !(<>[] waits(0) || <>[] waits(1) || <>[] waits(2)) }
#endif

#ifdef COUNT_OVERTAKING
/* By at most as many as were with a colleague when she came into the line. */
#define is_bounded(c) (overtaken[c] <= MOST_OVERTAKING)
ltl overtaking { [] (is_bounded(0) && is_bounded(1) && is_bounded(2)) }
#endif

#ifdef WATCH_THE_TURN
/* And by nobody at all who has not been with somebody. */
ltl in_turn { [] !out_of_turn }
#endif
