"""An AWS account on this machine: moto's server, and the actions it lacks or gets wrong.

One WSGI layer (`app.py`) stands in front of moto. It recognises every call from the
AWS service models and gives it to a handler of `services/` when there is one, and to
moto when there is none. No class of moto is patched. Nothing here is used by the
platform's own code: the platform talks to this account as it talks to a real one.
"""
