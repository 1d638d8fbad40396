"""Tokens: what somebody gives a program, so that it may do a part of what they may."""
