#include "realtime/hub.h"

#include <algorithm>
#include <future>
#include <thread>
#include <utility>

#include <boost/asio/post.hpp>

namespace kith {

Hub::Hub(runtime::IoThreads& threads, HubParts parts, HubOptions options)
    : parts_(std::move(parts)), options_(std::move(options)) {
  for (std::size_t i = 0; i < threads.count(); ++i)
    shards_.push_back(std::make_unique<HubShard>(*this, threads.at(i), parts_, options_));
}

Hub::~Hub() = default;

template <class Job>
void Hub::on_every_shard(Job job) {
  for (const auto& shard : shards_) boost::asio::post(shard->io().context(), [job, &shard = *shard] { job(shard); });
}

void Hub::start() {
  on_every_shard([](HubShard& shard) { shard.start(); });
}

HubShard& Hub::shard_on(const runtime::IoThread& io) {
  auto found = std::ranges::find_if(shards_, [&](const auto& shard) { return &shard->io() == &io; });
  return **found;
}

void Hub::adopt(NewClient client) {
  HubShard& shard = shard_on(*client.io);
  LiveClient::Door door{std::move(client.origin), std::move(client.actor), client.program_token,
                        shard.now() + options_.hello};
  auto socket = std::make_shared<LiveClient>(shard, std::move(client.transport), std::move(client.slot),
                                             std::move(client.network), std::move(door));
  shard.add(std::move(socket), std::move(client.early_bytes));
}

void Hub::publish(std::vector<Event>&& events) {
  auto group = std::make_shared<EventGroup>();
  group->reserve(events.size());
  for (Event& event : events) group->push_back(std::make_shared<const PublishedEvent>(std::move(event)));
  on_every_shard([group](HubShard& shard) { shard.deliver(*group); });
}

void Hub::publish(const Presence& presence) {
  if (presence.level != PresenceLevel::away) expect(presence.person);
  auto full = share_frame(text_frame(wire::encode_presence(presence)));
  auto to_visitors = share_frame(text_frame(wire::encode_presence(public_presence(presence))));
  on_every_shard([full, to_visitors](HubShard& shard) { shard.show_presence(full, to_visitors); });
}

void Hub::publish(const std::vector<WithWhom>& changed) {
  std::vector<SharedFrame> frames;
  frames.reserve(changed.size());
  for (const WithWhom& one : changed) frames.push_back(share_frame(text_frame(wire::encode_with(one))));
  on_every_shard([frames = std::move(frames)](HubShard& shard) { shard.show_with(frames); });
}

void Hub::whisper(Whisper whisper) {
  on_every_shard([whisper = std::move(whisper)](HubShard& shard) { shard.pass_on(whisper); });
}

void Hub::stop(std::chrono::milliseconds at_most) {
  auto until = std::chrono::steady_clock::now() + at_most;
  auto last_words = share_frame(text_frame(wire::encode_going_away()));
  on_every_shard(
      [last_words](HubShard& shard) { shard.close_all(last_words, CloseCode::going_away, "back in a moment"); });
  while (connections() > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::vector<std::future<void>> stopped;
  for (const auto& shard : shards_) {
    auto done = std::make_shared<std::promise<void>>();
    stopped.push_back(done->get_future());
    boost::asio::post(shard->io().context(), [done, &shard = *shard] {
      shard.stop();
      done->set_value();
    });
  }
  // A loop that does not answer is about to be stopped anyway.
  for (auto& each : stopped) (void)each.wait_for(std::chrono::milliseconds(300));
}

std::size_t Hub::connections() const {
  std::size_t sum = 0;
  for (const auto& shard : shards_) sum += shard->count();
  return sum;
}

std::size_t Hub::cut_for_slowness() const {
  std::size_t sum = 0;
  for (const auto& shard : shards_) sum += shard->cut_for_slowness();
  return sum;
}

// Nobody is given to a desk at which nobody sits.
void Hub::expect(PersonId person) {
  std::lock_guard lock(there_mutex_);
  there_.try_emplace(person, There{0, std::chrono::steady_clock::now()});
}

void Hub::colleague_came(PersonId person) {
  std::lock_guard lock(there_mutex_);
  ++there_[person].connections;
}

void Hub::colleague_went(PersonId person, std::chrono::steady_clock::time_point now) {
  std::lock_guard lock(there_mutex_);
  There& there = there_[person];
  if (there.connections > 0) --there.connections;
  there.went_at = now;
}

void Hub::notice_absence(std::chrono::steady_clock::time_point now) {
  std::vector<PersonId> absent;
  {
    std::lock_guard lock(there_mutex_);
    std::erase_if(there_, [&](const auto& each) {
      bool is_absent = each.second.connections == 0 && now - each.second.went_at >= options_.colleague_may_return;
      if (is_absent) absent.push_back(each.first);
      return is_absent;
    });
  }
  for (PersonId person : absent) parts_.presence.clear(person);
}

}  // namespace kith
