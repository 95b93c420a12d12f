package org.seq4j.tokenizers;

import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerTrainer;

/** Registers the tokenizers of this module and their trainers. */
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
            "Subwords by byte pair encoding, learned from text.",
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
            "Normalizes punctuation by the rules of Moses.",
            NormalizingTokenizer.Config.class,
            NormalizingTokenizer::new)
        .add(
            "truecase",
            "Restores the usual case of the first words of sentences.",
            TruecaseTokenizer.Config.class,
            TruecaseTokenizer::new)
        .add(
            "whitespace",
            "Splits text at white space.",
            NoKeys.class,
            keys -> new WhitespaceTokenizer())
        .add(
            "moses",
            "Splits text into words and punctuation by the rules of Moses.",
            MosesTokenizer.Config.class,
            MosesTokenizer::new)
        .renamed("word", "moses")
        .add(
            "sentencepiece",
            "Splits text into the pieces of a SentencePiece model, unigram or BPE.",
            SentencePieceTokenizer.Config.class,
            SentencePieceTokenizer::new)
        .add(
            "huggingface",
            "Tokenizes with a tokenizer.json of Hugging Face's tokenizers.",
            HuggingFaceJsonTokenizer.Config.class,
            HuggingFaceJsonTokenizer::new);
  }

  private static void trainers(Components.Group<TokenizerTrainer> trainers) {
    trainers
        .add(
            "bpe",
            "Learns the merges of the tokenizer bpe.",
            BpeTrainer.Config.class,
            BpeTrainer::new)
        .add(
            "truecase",
            "Learns the usual case of words.",
            NoKeys.class,
            keys -> new TruecaseTrainer())
        .add(
            "sentencepiece",
            "Learns a SentencePiece model, unigram or BPE.",
            SentencePieceTrainer.Config.class,
            SentencePieceTrainer::new);
  }
}
