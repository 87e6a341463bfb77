# Says who a signed-in customer is, for the Kith panel on your pages. Runs as it is:
#   KITH_SECRET=... python3 identity_token.py ISSUER INBOX CUSTOMER [NAME] [EMAIL]
import base64
import hashlib
import hmac
import json
import os
import sys
import time


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def identity_token(secret, issuer, inbox, customer, name=None, email=None):
    now = int(time.time())
    claims = {
        "iss": issuer,
        "aud": inbox,
        "sub": customer,  # your own id of this customer; it never changes
        "iat": now,
        "exp": now + 15 * 60,
    }
    if name:
        claims["name"] = name
    if email:
        # Only when you have seen that the address is hers.
        claims |= {"email": email, "email_verified": True}
    head = packed(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    signed = f"{head}.{packed(json.dumps(claims).encode())}"
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{packed(signature)}"


if __name__ == "__main__":
    print(identity_token(os.environ["KITH_SECRET"], *sys.argv[1:]))
