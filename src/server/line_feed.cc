#include "server/line_feed.h"

#include "conversations/line_news.h"

namespace kith {

Result<void> LineFeed::start() {
  KITH_TRY(reader_, store_.open_reader());
  Result<std::vector<LineNews>> waiting;
  KITH_CHECK(reader_->read([&](const Snapshot& snapshot) { waiting = everybody_who_waits(snapshot); }));
  if (!waiting) return std::unexpected(waiting.error());
  board_.notice(*waiting);
  return {};
}

void LineFeed::notice(const std::vector<Event>& events) {
  if (!reader_ || !concerns_line(events)) return;
  const LineKnowledge board{
      .knows = [this](ConversationId one) { return board_.state_of(one) != LineState::resting; },
      .on_board = [this] { return board_.everybody(); },
  };
  Result<std::vector<LineNews>> news;
  const auto looked = reader_->read([&](const Snapshot& snapshot) { news = line_news(snapshot, events, board); });
  if (looked && news) return board_.notice(*news);
  const Error& error = looked ? news.error() : looked.error();
  log_.warning("line_not_followed", {{"error", errc_name(error.code)}, {"detail", error.detail}});
}

}  // namespace kith
