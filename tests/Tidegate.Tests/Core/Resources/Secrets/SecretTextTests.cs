using Tidegate.Core.Resources.Secrets;
using Tidegate.Tests.Gateway.Support;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Secrets;

public sealed class SecretTextTests
{
    private readonly TestSecrets _secrets = new();

    [Fact]
    public void TryExpand_ReferencesWithinText_AreReplaced()
    {
        _secrets.Values["${env:USER}"] = "u";
        _secrets.Values["${file:/run/p}"] = "p${env:USER}"; // a value is never looked into

        Assert.True(SecretText.TryExpand("Basic ${env:USER}:${file:/run/p}", _secrets, out var value, out _));
        Assert.Equal("Basic u:p${env:USER}", value);
    }

    [Fact]
    public void TryExpand_UnknownReference_GivesReasonAndNothingElse()
    {
        _secrets.Values["${env:USER}"] = "known-value";

        Assert.False(SecretText.TryExpand("${env:USER}${env:MISSING}", _secrets, out var value, out var reason));
        Assert.Equal("", value);
        Assert.Contains("${env:MISSING}", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("known-value", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${env:A}", true)]
    [InlineData("x${secret:a/b}y", true)]
    [InlineData("${vault:A}", false)]
    [InlineData("$env:A", false)]
    [InlineData("${env:}", false)]
    public void HasReference_Text_IsTold(string text, bool has) => Assert.Equal(has, SecretText.HasReference(text));

    [Theory]
    [InlineData("Authorization", true)]
    [InlineData("X-Vendor-Api-Key", true)]
    [InlineData("Set-Cookie", true)]
    [InlineData("X-Request-Id", false)]
    public void IsCredentialName_Header_IsTold(string name, bool credential) => Assert.Equal(credential, SecretText.IsCredentialName(name));
}
