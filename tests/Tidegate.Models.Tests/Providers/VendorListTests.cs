using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Providers;

namespace Tidegate.Models.Tests.Providers;

/// <summary>The words of the documents and the vendors behind them are the same.</summary>
public sealed class VendorListTests
{
    private const string Region = "eu-central-1";

    public static TheoryData<string> Names { get; } = [.. VendorList.All.Select(v => v.Name)];

    [Fact]
    public void All_TheWordsOfTheDocument_AreTheVendors() => Assert.Equal(Vendors.All, VendorList.All.Select(v => v.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void All_HasAtLeast35() => Assert.True(VendorList.All.Count >= 35);

    [Fact]
    public void WithoutAddress_AreThoseThatHaveNone() =>
        Assert.Equal(Vendors.WithoutAddress, VendorList.All.Where(v => v.AddressIn(Region) is null).Select(v => v.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void WithoutKey_AreVendors() => Assert.All(Vendors.WithoutKey, name => Assert.NotNull(VendorList.Find(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Address_IsCompleteAndHasNoSlashAtItsEnd(string name)
    {
        if (VendorList.Find(name)!.AddressIn(Region) is not { } address) return;
        Assert.True(Uri.TryCreate(address, UriKind.Absolute, out var uri));
        Assert.True(uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback || uri.Host.EndsWith(".invalid", StringComparison.Ordinal), address);
        Assert.False(address.EndsWith('/'));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Chat_EveryFormat_HasAPathThatBeginsWithASlash(string name)
    {
        var vendor = VendorList.Find(name)!;
        Assert.NotEmpty(vendor.Formats);
        foreach (var format in vendor.Formats)
        {
            foreach (var stream in (bool[])[false, true])
                Assert.StartsWith("/", vendor.Path(ModelOperation.Chat, format.Name, "some-model", stream, new VendorAccount("https://x.example", Region, "p")));
            // A vendor that cannot tell by the model what to speak speaks the caller's own format.
            Assert.NotNull(vendor.FormatFor(format.Name, "some-model"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Authorize_WithoutAKey_AddsNone(string name)
    {
        var vendor = VendorList.Find(name)!;
        var request = VendorRun.Request(vendor, "", "/x", new VendorAccount("https://x.example", Region, "p"));
        Assert.Null(request.Header("Authorization"));
        Assert.Null(request.Header("api-key"));
        Assert.Null(request.Header("x-api-key"));
        Assert.Null(request.Header("x-goog-api-key"));
    }
}
