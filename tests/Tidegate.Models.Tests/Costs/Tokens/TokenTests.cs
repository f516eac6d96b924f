using System.Text;
using Tidegate.Models.Costs.Tokens;

namespace Tidegate.Models.Tests.Costs.Tokens;

/// <summary>Counting where nobody told.</summary>
public sealed class TokenTests
{
    private static readonly TokenCounter Counter = new();

    [Fact]
    public void Count_KnownTexts_AreThoseOfTheVocabulary()
    {
        Assert.Equal(4, Counter.Count("Hello, world!"));
        Assert.Equal(0, Counter.Count(""));
        Assert.Equal(0, Counter.Count(null));
    }

    [Fact]
    public void Count_LongText_IsTheSameAsInPieces()
    {
        var sentence = "The tide comes in twice a day and nobody is surprised by it. ";

        Assert.Equal(Counter.Count(sentence + sentence), 2 * Counter.Count(sentence), 2.0);
        Assert.InRange(Counter.Count(string.Concat(Enumerable.Repeat(sentence, 100))), 95 * (Counter.Count(sentence) - 1), 105 * Counter.Count(sentence));
    }

    [Fact]
    public void Count_UnbrokenRun_EndsSoon() => Assert.InRange(Counter.Count(new string('a', 100_000)), 10_000, 40_000);

    // Beside other tests, which load it again: so what it was, and not the whole, must be gone.
    [Fact]
    public void Forget_LetsGoOfTheVocabulary_AndCountsOn()
    {
        var counter = new TokenCounter();
        counter.Forget(); // of nothing
        Assert.Equal(4, counter.Count("Hello, world!"));
        var vocabulary = Vocabulary();
        Assert.True(vocabulary.IsAlive);

        counter.Forget();

        Assert.False(counter.IsLoaded);
        Assert.DoesNotContain(vocabulary.Target, Kept());
        Assert.Equal(4, counter.Count("Hello, world!"));
        Assert.True(counter.IsLoaded);
    }

    private static WeakReference Vocabulary() => new(Kept().Single());

    // What the library keeps for good.
    private static IReadOnlyList<object> Kept() => [.. ((System.Collections.IDictionary)typeof(Microsoft.ML.Tokenizers.TiktokenTokenizer)
        .GetField("_tiktokenCache", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.GetValue(null)!).Values.Cast<object>().Select(v => ((System.Runtime.CompilerServices.ITuple)v)[0]!)];

    [Fact]
    public void Counter_BeforeTheFirstText_HasLoadedNothing()
    {
        var counter = new TokenCounter();

        Assert.False(counter.IsLoaded);
        Assert.Equal(0, counter.Count(""));
        Assert.False(counter.IsLoaded);
    }

    [Fact]
    public void Request_Texts_CountAndNamesDoNot()
    {
        var tokens = Request("""{"model":"a-very-long-name-of-a-model","messages":[{"role":"user","content":"Hello, world!"}],"max_tokens":5}""");

        Assert.Equal(4 + 4, tokens);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]}""")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]}""")]
    [InlineData("""{"input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"","images":["AAAA"]}]}""")]
    public void Request_Image_CountsFlat(string request)
    {
        Assert.Equal(RequestTokens.PerImage + 4, Request(request));
        Assert.Equal(RequestTokens.PerImage + 4, RequestTokens.Rough(Encoding.UTF8.GetBytes(request)));
    }

    [Fact]
    public void Request_Broken_CountsWhatWasThere()
    {
        Assert.Equal(4, Request("""{"prompt":"Hello, world!","x":"""));
        Assert.True(RequestTokens.Count("""{"a":"\ud800"}"""u8, Counter) > 0);
    }

    [Theory]
    [InlineData("""{"max_tokens":100}""", 100L, 1)]
    [InlineData("""{"messages":[{"max_tokens":1}],"max_completion_tokens":7,"n":3}""", 7L, 3)]
    [InlineData("""{"max_output_tokens":"many"}""", null, 1)]
    [InlineData("""{"generationConfig":{"maxOutputTokens":9,"candidateCount":2}}""", 9L, 2)]
    [InlineData("""{"options":{"num_predict":11}}""", 11L, 1)]
    [InlineData("""[]""", null, 1)]
    [InlineData("""{"max_tokens":""", null, 1)]
    public void OutputLimit_EveryFormatsWord_IsRead(string request, long? tokens, int answers) =>
        Assert.Equal((tokens, answers), OutputLimit.Read(Encoding.UTF8.GetBytes(request)));

    private static long Request(string json) => RequestTokens.Count(Encoding.UTF8.GetBytes(json), Counter);
}
