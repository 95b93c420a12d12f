package org.seq4j.tokenizers;

import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerTrainer;

/** The tokenizers of this module, and what trains them. */
public final class TokenizersPlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    tokenizers(components.of(Tokenizer.class));
    trainers(components.of(TokenizerTrainer.class));
  }

  private static void tokenizers(Components.Group<Tokenizer> tokenizers) {
    tokenizers
        .add(
            "bpe",
            "Subwords: the most frequent pairs of characters, learned from text.",
            BpeTokenizer.Config.class,
            BpeTokenizer::new)
        .add(
            "bytes",
            "Every byte of the UTF-8 text is a token; none is unknown.",
            NoKeys.class,
            keys -> new ByteTokenizer())
        .add(
            "characters",
            "Every character is a token.",
            NoKeys.class,
            keys -> new CharacterTokenizer())
        .add(
            "lowercase",
            "Writes everything in lower case.",
            NoKeys.class,
            keys -> new LowercaseTokenizer())
        .add(
            "normalize",
            "Writes punctuation in one way, by the rules of Moses.",
            NormalizingTokenizer.Config.class,
            NormalizingTokenizer::new)
        .add(
            "truecase",
            "Gives first words of sentences the case that they have elsewhere.",
            TruecaseTokenizer.Config.class,
            TruecaseTokenizer::new)
        .add(
            "whitespace",
            "Tokens are what stands between blanks.",
            NoKeys.class,
            keys -> new WhitespaceTokenizer())
        .add(
            "moses",
            "Words and punctuation, by the rules of Moses.",
            MosesTokenizer.Config.class,
            MosesTokenizer::new)
        .renamed("word", "moses")
        .add(
            "sentencepiece",
            "The pieces of a SentencePiece model, unigram or BPE.",
            SentencePieceTokenizer.Config.class,
            SentencePieceTokenizer::new)
        .add(
            "huggingface",
            "As a tokenizer.json of Hugging Face says.",
            HuggingFaceJsonTokenizer.Config.class,
            HuggingFaceJsonTokenizer::new);
  }

  private static void trainers(Components.Group<TokenizerTrainer> trainers) {
    trainers
        .add("bpe", "Learns the merges of bpe.", BpeTrainer.Config.class, BpeTrainer::new)
        .add(
            "truecase",
            "Learns how words are usually written.",
            NoKeys.class,
            keys -> new TruecaseTrainer())
        .add(
            "sentencepiece",
            "Learns a SentencePiece model, unigram or BPE.",
            SentencePieceTrainer.Config.class,
            SentencePieceTrainer::new);
  }
}
