#include "server/line_feed.h"

#include <optional>

namespace kith {

Result<void> LineFeed::start() {
  KITH_TRY(reader_, store_.open_reader());
  Result<LineStory> waiting;
  KITH_CHECK(reader_->read([&](const Snapshot& snapshot) { waiting = everybody_who_waits(snapshot); }));
  if (!waiting) return std::unexpected(waiting.error());
  tell(*waiting);
  return {};
}

void LineFeed::notice(const std::vector<Event>& events) {
  if (!reader_ || !concerns_line(events)) return;
  const LineKnowledge board{
      .knows = [this](ConversationId one) { return board_.state_of(one) != LineState::resting; },
      .on_board = [this] { return board_.everybody(); },
  };
  std::optional<LineStory> story;
  const auto looked = reader_->read([&](const Snapshot& snapshot) { story = line_news(&snapshot, events, board); });
  if (!story) story = line_news(nullptr, events, board);
  if (!looked && !story->missed) story->missed = looked.error();
  tell(*story);
}

void LineFeed::tell(const LineStory& story) {
  board_.notice(story.news);
  if (story.missed)
    log_.warning("line_not_whole", {{"error", errc_name(story.missed->code)}, {"detail", story.missed->detail}});
}

}  // namespace kith
