// Keeps the board of those who wait (care/line_board.h) as the store is: everybody when the house starts, then whatever
// is committed, before whoever wrote it is answered.
#pragma once

#include <memory>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "care/line_board.h"
#include "conversations/line_news.h"
#include "domain/event.h"
#include "domain/ports/store.h"

namespace kith {

class LineFeed {
 public:
  LineFeed(Store& store, LineBoard& board, Log& log) : store_(store), board_(board), log_(log) {}

  // Before anybody is answered.
  Result<void> start();
  // What StoreThread::on_events brings, on its thread. Of whoever begins to wait it looks up who goes along with her:
  // one snapshot for a whole group, and only for a group in which somebody does. What cannot be read is logged; whoever
  // waits is in line all the same.
  void notice(const std::vector<Event>& events);

 private:
  void tell(const LineStory& story);

  Store& store_;
  LineBoard& board_;
  Log& log_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace kith
