using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;
using Tidegate.Platform.Security.Passwords;

namespace Tidegate.Tests.Platform.Security;

public sealed class PasswordTests
{
    [Fact]
    public void Hash_Verify_OnlyTheSamePassword()
    {
        var hash = PasswordHash.Create("correct horse battery", 1000);

        Assert.True(PasswordHash.Verify("correct horse battery", hash));
        Assert.False(PasswordHash.Verify("correct horse batterz", hash));
        Assert.False(PasswordHash.Verify("", hash));
        Assert.NotEqual(hash, PasswordHash.Create("correct horse battery", 1000));
    }

    [Fact]
    public void Cost_Default_IsTodaysAndNobodysIsTheSame()
    {
        var services = new ServiceCollection();
        new SecurityModule().Register(services, new ProcessOptions());
        var cost = (PasswordCost)services.Single(service => service.ServiceType == typeof(PasswordCost)).ImplementationInstance!;

        Assert.Equal(210_000, cost.Iterations);
        var hash = PasswordHash.Create("correct horse battery", cost.Iterations);
        Assert.StartsWith("pbkdf2-sha512$210000$", hash, StringComparison.Ordinal);
        Assert.True(PasswordHash.IsCurrent(hash, cost.Iterations));
        Assert.False(PasswordHash.IsCurrent(PasswordHash.Create("x", 100_000), cost.Iterations));
        Assert.Equal(hash.Length, PasswordHash.OfNobody(cost.Iterations).Length);
        Assert.StartsWith("pbkdf2-sha512$210000$", PasswordHash.OfNobody(cost.Iterations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_Nobody_IsNeverRight()
    {
        using var gate = new PasswordGate(new PasswordCost(10), PasswordHash.Verify);

        Assert.False(await gate.VerifyAsync("", null, TestContext.Current.CancellationToken));
        Assert.False(await gate.VerifyAsync("anything", null, TestContext.Current.CancellationToken));
    }

    /// <summary>RFC-style vector, computed with another implementation (Python's hashlib), so that stored hashes outlive this code.</summary>
    [Fact]
    public void Verify_HashOfAnotherImplementation_Matches() =>
        Assert.True(PasswordHash.Verify("correct horse battery", "pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw==$ToxFUi5y3fprZRW/V6CupR2uIDYfuy5rlsF9Z4E648lE68lw5lzmucru/HdPvmBJDSLroVh1Q2xCvjqd8NI/6Q=="));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("argon2id$1$AA==$AA==")]
    [InlineData("pbkdf2-sha512$many$AA==$AA==")]
    public void IsReadable_Damaged_IsNot(string stored) => Assert.False(PasswordHash.IsReadable(stored));

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("my-name-is-ada-ok", "user name")]
    [InlineData("aaaaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("pass phrase of four", null)]
    public void Objection_Password_SaysWhatIsWrong(string password, string? part)
    {
        var objection = PasswordRules.Objection("ada", password);

        if (part is null) Assert.Null(objection);
        else Assert.Contains(part, objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Objection_Longest_IsBounded()
    {
        var phrase = string.Concat(Enumerable.Range(0, 300).Select(i => (char)('a' + (i % 26))));

        Assert.Null(PasswordRules.Objection("zed9", phrase[..256]));
        Assert.NotNull(PasswordRules.Objection("zed9", phrase[..257]));
    }

    [Fact]
    public void Random_Password_PassesItsOwnRules() =>
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Null(PasswordRules.Objection("admin", PasswordRules.Random())));
}
