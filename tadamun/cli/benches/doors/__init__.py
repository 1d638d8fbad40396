"""What `tadamun bench web` needs: an instance to measure, people at its doors, and the server's own figures."""
