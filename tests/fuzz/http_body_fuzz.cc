// What a body of the HTTP API may hold: any bytes. Every decoder of wire reads them; none may crash, and whatever one
// accepts is valid text that the encoders can say again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "wire/access.h"
#include "wire/commands.h"
#include "wire/nouns.h"
#include "wire/opening.h"

namespace {

using namespace kith::wire;

template <class... Decoders>
void try_all(std::string_view body, Decoders... decode) {
  auto check = [](const auto& outcome) {
    // A refusal names a field in text that can be sent back.
    if (!outcome && (!kith::is_utf8(outcome.error().field) || outcome.error().detail.empty())) std::abort();
  };
  (check(decode(body)), ...);
}

void say_again(std::string_view body) {
  auto message = decode_write_entry(body);
  if (!message) return;
  if (!kith::is_utf8(message->text) || kith::has_control_characters(message->text)) std::abort();
  std::string entry =
      encode(kith::Entry{.id = message->id, .text = message->text, .attachments = message->attachments});
  if (!kith::is_utf8(entry)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view body(reinterpret_cast<const char*>(data), size);
  try_all(body, decode_change_person, decode_leave_address, decode_give_role, decode_merge_people, decode_ask_once,
          decode_answer_ask, decode_write_entry, decode_edit_entry, decode_open_topic, decode_change_topic,
          decode_link_entry, decode_move_topic, decode_settle_topic, decode_make_promise, decode_renegotiate_promise,
          decode_own_promise, decode_write_note, decode_edit_note, decode_begin_attachment, decode_alt_text,
          decode_save_settings, decode_save_team, decode_save_inbox);
  try_all(body, decode_mark_read, decode_pause, decode_keep_draft, decode_schedule_entry, decode_change_scheduled,
          decode_put_off, decode_bring_in, decode_offer_handover);
  try_all(body, decode_begin_visit, decode_sign_in, decode_second_factor_code, decode_password, decode_change_password,
          decode_change_colleague, decode_invite_colleague, decode_invitation_token, decode_accept_invitation,
          decode_create_token, decode_set_up, decode_preferences, decode_make_backup);
  try_all(body, [](std::string_view b) { return decode_presence(b, {}); });
  say_again(body);
  return 0;
}
