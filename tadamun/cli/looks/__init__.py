"""What `tadamun check` looks at: one small function a question, each answering with findings."""
