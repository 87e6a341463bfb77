// Files someone sent: announced, sent piece by piece, described, given back. /api/attachments/...
#include "conversations/attachments.h"

#include "base/text.h"
#include "conversations/describe_file.h"
#include "http/api_call.h"
#include "http/attachment_content.h"
#include "wire/commands.h"

namespace kith::http {
namespace {

Answer begin(ApiServices& api, Request request, std::optional<ConversationId> conversation) {
  KITH_CO_TRY(BeginAttachment command, wire::decode_begin_attachment(request.body));
  command.conversation = conversation;
  auto was_there = [](Tx& tx, const BeginAttachment& c) { return tx.attachments().find(c.id).has_value(); };
  KITH_CO_TRY(auto made, co_await make_as(api, request.actor, std::move(command), begin_attachment, was_there));
  co_return answer_with(made);
}

Answer begin_mine(ApiServices& api, Request request) {
  co_return co_await begin(api, std::move(request), std::nullopt);
}

Answer begin_at_desk(ApiServices& api, Request request) {
  KITH_CO_TRY(ConversationId id, request.id_param<ConversationId>("id"));
  co_return co_await begin(api, std::move(request), id);
}

Answer get_attachment(ApiServices& api, Request request) {
  KITH_CO_TRY(AttachmentId id, request.id_param<AttachmentId>("id"));
  KITH_CO_TRY(Attachment attachment, co_await look_as(api, request.actor, id, describe_attachment));
  co_return answer_with(attachment);
}

Answer patch_attachment(ApiServices& api, Request request) {
  DescribeFile command;
  KITH_CO_TRY(command.alt_text, wire::decode_alt_text(request.body));
  KITH_CO_TRY(command.id, request.id_param<AttachmentId>("id"));
  KITH_CO_TRY(Attachment attachment, co_await write_as(api, request.actor, std::move(command), describe_file));
  co_return answer_with(attachment);
}

Answer delete_attachment(ApiServices& api, Request request) {
  GiveUpAttachment command;
  KITH_CO_TRY(command.id, request.id_param<AttachmentId>("id"));
  AttachmentId id = command.id;
  KITH_CO_CHECK(co_await write_as(api, request.actor, command, give_up_attachment));
  auto forget = [&files = api.files, id] { return files.give_up(id); };
  KITH_CO_CHECK(co_await api.workers.run(forget));
  co_return Response::empty();
}

}  // namespace

void add_attachment_routes(Router& router, ApiServices& api) {
  using enum Method;
  std::uint8_t anyone_known = kVisitor | kColleague | kProgram;
  Policy reading{.who = anyone_known, .scopes = kReadConversations};
  Policy changing{.who = kVisitor | kColleague, .rate = RateClass::writing};
  Policy sending{.who = kVisitor | kColleague,
                 .rate = RateClass::uploading,
                 .body_cap_bytes = static_cast<std::size_t>(kLargestAttachment),
                 .takes_json = false};
  add(router, api, post, "/api/visitor/attachments", visitors(RateClass::writing), begin_mine);
  add(router, api, post, "/api/desk/conversations/{id}/attachments", colleagues(RateClass::writing), begin_at_desk);
  add(router, api, get, "/api/attachments/{id}", reading, get_attachment);
  add(router, api, patch, "/api/attachments/{id}", changing, patch_attachment);
  add(router, api, remove, "/api/attachments/{id}", changing, delete_attachment);
  add(router, api, head, "/api/attachments/{id}/content", reading, head_content);
  add(router, api, get, "/api/attachments/{id}/content", reading, get_content);
  router.add_upload(patch, "/api/attachments/{id}/content", sending,
                    [&api](Request request, BodyReader& body) { return patch_content(api, std::move(request), body); });
}

}  // namespace kith::http
