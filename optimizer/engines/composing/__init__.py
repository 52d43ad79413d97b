"""Teams that demand weeks would need: bounded and proposed by a relaxation, evidenced by plans."""
