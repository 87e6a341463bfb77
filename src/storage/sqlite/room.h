// What every room of the store on disk stands on.
#pragma once

#include "storage/sqlite/connection.h"
#include "storage/sqlite/pending.h"
#include "storage/sqlite/row_ids.h"

namespace kith::sqlite {

struct Room {
  Connection& db;
  RowIds& ids;
  Pending& pending;
};

}  // namespace kith::sqlite
