using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Resources.Schema;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Schema;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("65536", 65536)]
    [InlineData("64KiB", 65536)]
    [InlineData("64kB", 64000)]
    [InlineData("64KB", 64000)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("2GiB", 2147483648)]
    public void TryParse_LegalText_GivesBytes(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("1 MB")]
    [InlineData("1.5MB")]
    [InlineData("1mb")]
    [InlineData("9223372036854775807KiB")]
    public void TryParse_IllegalText_Refuses(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(65536, "64KiB")]
    [InlineData(30_000_000, "30MB")]
    [InlineData(1001, "1001B")]
    public void Format_Bytes_UsesLargestWholeUnit(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));

    [Property]
    public Property Format_AnySize_ParsesBackToTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>().Filter(l => l >= 0), bytes => ByteSize.TryParse(ByteSize.Format(bytes), out var back) && back == bytes);
}
