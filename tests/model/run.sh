#!/bin/bash
# Lets spin prove every claim about the waiting line on the model written from the table of src/domain/line_move.h, and then
# lets it find what is wrong with every mutant. One line for each; any surprise fails. What was looked at stays in
# build/model/; build/model/CLAIM/found tells the steps that lead to what is wrong.
#   tests/model/run.sh [PROGRAM]     kith_line_model; that of build/debug unless another is named
set -euo pipefail
cd "$(dirname "$0")/../.."
claims="served overtaking in_turn heard owned capacity drained decided"

# What must be watched for a claim.
watch_for() {
  case $1 in
    served) echo -DWATCH_WHO_STAYS ;;
    overtaking) echo -DCOUNT_OVERTAKING ;;
    in_turn) echo -DWATCH_THE_TURN ;;
  esac
}

# NAME CLAIM [options of the program]: writes the model, has spin make the program that looks at every state it can come to,
# and says: proven, wrong or unclear, how many states, how long.
look() {
  local name=$1 claim=$2 how="-O0 -DSAFETY" all="" said verdict=unclear
  shift 2
  [ "$claim" != served ] || { how=-O0 all=-a; }  # the one claim about what happens for ever
  mkdir -p "build/model/$name"
  "$program" "$@" >"build/model/$name/line_moves.pml"
  cp tests/model/line.pml "build/model/$name"
  cd "build/model/$name"
  # shellcheck disable=SC2046,SC2086  # words or none
  {
    timeout 60 spin -P"clang-19 -E -x c" $(watch_for "$claim") -a line.pml >spin.log 2>&1
    clang-19 $how -w -o pan pan.c
    said=$(timeout 200 ./pan -m1000000 -w22 $all -N "$claim" 2>&1) || true
  }
  printf '%s\n' "$said" >pan.log
  if grep -qE 'max search depth too small|out of memory|aborted' <<<"$said"; then verdict=unclear
  elif grep -q 'errors: 0$' <<<"$said"; then verdict=proven
  elif grep -q 'errors: 1$' <<<"$said"; then verdict=wrong
  fi
  # The steps that lead to what is wrong with the table itself; a mutant's are told by the same command.
  # shellcheck disable=SC2046
  [ $verdict$name != "wrong$claim" ] || timeout 60 spin -P"clang-19 -E -x c" $(watch_for "$claim") -t -p -g line.pml >found 2>&1 || true
  printf '%s, %s states, %s s\n' $verdict "$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' <<<"$said")" \
    "$(sed -n 's/^pan: elapsed time \([0-9.e-]*\) seconds/\1/p' <<<"$said")"
}

one() {
  local told
  if [ $# = 1 ]; then
    told=$(look "$1" "$1") || told="unclear, see build/model/$1"
    echo "claim $1: $told"
    [[ $told == proven* ]]
  else
    told=$(look "$1" "$2" --mutant "$1") || told="unclear, see build/model/$1"
    echo "mutant $1: $2 is $told"
    [[ $told == wrong* ]]
  fi
}

if [ "${1:-}" = --one ]; then
  program=$2
  shift 2
  one "$@"
  exit
fi

program=$(realpath "${1:-build/debug/tests/model/kith_line_model}")
rm -rf build/model
mkdir -p build/model
mutants=$("$program" --mutants)
{
  printf '%s\n' $claims
  printf '%s\n' "$mutants"
} >build/model/all
if ! xargs -a build/model/all -P "${JOBS:-$(nproc)}" -L 1 tests/model/run.sh --one "$program"; then
  echo "model: a claim that is not proven, or a mutant that nobody noticed"
  exit 1
fi
echo "model: $(wc -w <<<"$claims") claims proven, $(wc -l <<<"$mutants") mutants found out"
