using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Models.Chat;

namespace Tidegate.Tests.Gateway.Models.Rescue;

/// <summary>What an attempt adds to what the caller has.</summary>
public sealed class ContinuationTests
{
    [Fact]
    public void Splice_TheSameTextInAnyPieces_AddsExactlyWhatIsMissing() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString[]>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (pieces, cut) =>
        {
            var whole = string.Concat(pieces.Select(p => p.Get));
            var has = whole[..(cut.Get % (whole.Length + 1))];
            var continuation = new Continuation(RescueMode.Splice, has);
            var added = string.Concat(pieces.Select(p => (continuation.Take(new TextDelta(p.Get)) as TextDelta)?.Text));
            return !continuation.IsAnother && has + added == whole;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Splice_OneCharacterDiffers_IsAnotherAnswer()
    {
        var continuation = new Continuation(RescueMode.Splice, "Hello wor");

        Assert.Null(continuation.Take(new TextDelta("Hello ")));
        Assert.False(continuation.IsAnother);
        Assert.Null(continuation.Take(new TextDelta("you")));
        Assert.True(continuation.IsAnother);
    }

    [Fact]
    public void Splice_AToolCallInPlaceOfTheText_IsAnotherAnswer()
    {
        var continuation = new Continuation(RescueMode.Splice, "Hello");

        Assert.Null(continuation.Take(new ToolCallStarted(0, "t1", "pay")));
        Assert.True(continuation.IsAnother);
    }

    [Fact]
    public void Splice_ThoughtsBeforeTheText_AreNotShownAgain()
    {
        var continuation = new Continuation(RescueMode.Splice, "Hello");

        Assert.Null(continuation.Take(new ReasoningDelta("hm")));
        Assert.Null(continuation.Take(new TextDelta("Hello")));
        Assert.False(continuation.IsAnother);
        Assert.Equal(" you", Assert.IsType<TextDelta>(continuation.Take(new TextDelta(" you"))).Text);
    }

    [Theory]
    [InlineData("Hello", " you", " you")]
    [InlineData("Hello ", " you", "you")]
    [InlineData("Hello \n", " you", "you")]
    [InlineData("Hello ", "you", "you")]
    public void Prefill_OnlyWhiteSpaceTheCallerHas_IsLeftOut(string has, string says, string added) =>
        Assert.Equal(added, Assert.IsType<TextDelta>(new Continuation(RescueMode.Prefill, has).Take(new TextDelta(says))).Text);
}
