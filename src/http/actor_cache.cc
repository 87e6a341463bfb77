#include "http/actor_cache.h"

#include <algorithm>
#include <cstring>
#include <variant>

#include "people/recognise.h"

namespace kith::http {

namespace {

constexpr std::chrono::seconds kRemembered{30};

bool is_about(const SessionsEnded& ended, const Actor& actor) {
  return actor.session &&
         std::find(ended.sessions.begin(), ended.sessions.end(), *actor.session) != ended.sessions.end();
}

}  // namespace

std::size_t ActorCache::HashDigest::operator()(const Digest& digest) const {
  // A digest is as good as random already.
  std::size_t head = 0;
  std::memcpy(&head, digest.data(), sizeof head);
  return head;
}

boost::asio::awaitable<Result<Actor>> ActorCache::session(std::string secret) {
  const Digest digest = sha256(secret);
  if (auto actor = remembered(digest)) co_return std::move(*actor);
  const std::uint64_t before = generation();
  auto look = [digest, now = clock_.now()](const Snapshot& snapshot) {
    return recognise_session(snapshot, digest, now);
  };
  auto found = co_await store_.read(std::move(look));
  // Half a way in (the code is still due) is not remembered: the next request may come with all of it.
  if (found && found->kind != ActorKind::nobody) remember(digest, *found, before);
  co_return found;
}

boost::asio::awaitable<Result<Actor>> ActorCache::program(std::string secret) {
  // Never remembered: a revoked token must stop at once.
  const Digest digest = sha256(secret);
  auto look = [digest, now = clock_.now()](const Snapshot& snapshot) {
    return recognise_program(snapshot, digest, now);
  };
  co_return co_await store_.read(std::move(look));
}

void ActorCache::notice(const std::vector<Event>& events) {
  for (const Event& event : events) {
    const auto* ended = std::get_if<SessionsEnded>(&event.body);
    const auto* changed = std::get_if<PersonChanged>(&event.body);
    if (ended == nullptr && changed == nullptr) continue;
    std::lock_guard lock(mutex_);
    ++generation_;
    std::erase_if(known_, [&](const auto& each) {
      const Actor& actor = each.second.actor;
      // A merge or its end changes who a visitor is; which sessions that concerns only the store knows.
      return ended != nullptr ? is_about(*ended, actor) : actor.kind == ActorKind::visitor;
    });
  }
}

std::optional<Actor> ActorCache::remembered(const Digest& digest) {
  std::lock_guard lock(mutex_);
  const auto known = known_.find(digest);
  if (known == known_.end() || known->second.until <= clock_.steady()) return std::nullopt;
  return known->second.actor;
}

void ActorCache::remember(const Digest& digest, const Actor& actor, std::uint64_t generation) {
  std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  const auto now = clock_.steady();
  if (known_.size() >= kMostRemembered) {
    std::erase_if(known_, [&](const auto& each) { return each.second.until <= now; });
    if (known_.size() >= kMostRemembered) known_.clear();
  }
  known_.insert_or_assign(digest, Known{actor, now + kRemembered});
}

std::uint64_t ActorCache::generation() {
  std::lock_guard lock(mutex_);
  return generation_;
}

}  // namespace kith::http
