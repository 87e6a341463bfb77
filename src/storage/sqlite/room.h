// What every room of the store on disk stands on.
#pragma once

#include "storage/sqlite/connection.h"
#include "storage/sqlite/known_threads.h"
#include "storage/sqlite/pending.h"
#include "storage/sqlite/row_ids.h"

namespace kith::sqlite {

struct Room {
  Connection& db;
  RowIds& ids;
  Pending& pending;
  KnownThreads* threads = nullptr;  // only the writer's

  // Of what was met since: a unit was undone, or rows went that no save told of.
  void forget() const {
    ids.forget();
    if (threads) threads->forget();
  }
};

}  // namespace kith::sqlite
