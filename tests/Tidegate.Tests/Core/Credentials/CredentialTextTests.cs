using FsCheck.Xunit;
using Tidegate.Core.Credentials;

namespace Tidegate.Tests.Core.Credentials;

public sealed class CredentialTextTests
{
    [Fact]
    public void Create_New_IsWellFormedAndLong()
    {
        var text = CredentialText.Create(CredentialText.Key);

        Assert.Equal(CredentialText.Length, text.Length);
        Assert.StartsWith("tgk_", text, StringComparison.Ordinal);
        Assert.True(CredentialText.IsWellFormed(CredentialText.Key, text));
        Assert.False(CredentialText.IsWellFormed(CredentialText.Token, text));
        Assert.NotEqual(text, CredentialText.Create(CredentialText.Key));
        // 43 letters of 62: more than the 192 bits that are asked for.
        Assert.True(43 * Math.Log2(62) > 192);
    }

    [Property]
    public void IsWellFormed_OneCharacterChanged_IsNot(int at, char other)
    {
        var text = CredentialText.Create(CredentialText.Token);
        var index = (int)((uint)at % text.Length);
        if (text[index] == other) return;

        Assert.False(CredentialText.IsWellFormed(CredentialText.Token, text[..index] + other + text[(index + 1)..]));
    }

    [Property]
    public void IsWellFormed_TwoNeighboursSwapped_IsNot(int at)
    {
        var text = CredentialText.Create(CredentialText.Key).ToCharArray();
        var index = (int)((uint)at % (text.Length - 1));
        if (text[index] == text[index + 1]) return;
        (text[index], text[index + 1]) = (text[index + 1], text[index]);

        Assert.False(CredentialText.IsWellFormed(CredentialText.Key, text));
    }

    [Property]
    public void IsWellFormed_AnyText_DoesNotThrow(string text) => Assert.False(CredentialText.IsWellFormed(CredentialText.Key, text));

    /// <summary>Keys stay valid for years: the checksum must never change.</summary>
    [Fact]
    public void IsWellFormed_KeyOfTheFirstVersion_StillIs() =>
        Assert.True(CredentialText.IsWellFormed(CredentialText.Key, "tgk_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQWUAXlk"));

    [Fact]
    public void Sha256_Known_IsLowerHexOfTheWholeText() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", CredentialText.Sha256("abc"));
}
