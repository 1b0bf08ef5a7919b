"""反映人联系方式: sealed with a key of its own; the key is sealed with the installation's.

Destroying the key's row is lawful erasure: neither the trail nor a backup of the report gives the
contact back. The installation's key is derived from the secret in its home folder.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from dataclasses import InitVar, dataclass
from hashlib import sha256

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

SEAL = b"zhenggai report contact"
MARK = b"zhenggai report contact mark"
KEY_BYTES = 32


@dataclass(frozen=True)
class Contact:
    """A sealed contact; an act's fingerprint takes its mark, which is equal for equal contacts.

    Sealing the same words twice gives other bytes each time; a form sent twice is still one act.
    """

    mark: str
    sealed: InitVar[bytes]
    key_sealed: InitVar[bytes]

    def __post_init__(self, sealed: bytes, key_sealed: bytes) -> None:
        """Carry the bytes beside the fields, so that nothing prints or fingerprints them."""
        object.__setattr__(self, "parts", (sealed, key_sealed))


def seal(words: str) -> Contact:
    """Seal a contact at the door; the words go no further."""
    key = Fernet.generate_key()
    mark = hmac.new(_derived(MARK), words.encode(), sha256).hexdigest()
    return Contact(mark, Fernet(key).encrypt(words.encode()), _master().encrypt(key))


def parts_of(contact: Contact) -> tuple[bytes, bytes]:
    """Return the sealed words and their sealed key."""
    sealed, key_sealed = contact.__dict__["parts"]
    return bytes(sealed), bytes(key_sealed)


def unseal(sealed: bytes, key_sealed: bytes) -> str:
    """Open a contact; only an act that says why may ask."""
    return Fernet(_master().decrypt(key_sealed)).decrypt(sealed).decode()


def _master() -> Fernet:
    return Fernet(urlsafe_b64encode(_derived(SEAL)))


def _derived(purpose: bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose)
    return derivation.derive(settings.SECRET_KEY.encode())
