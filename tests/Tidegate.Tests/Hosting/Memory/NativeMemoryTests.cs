using Tidegate.Hosting.Memory;

namespace Tidegate.Tests.Hosting.Memory;

public sealed class NativeMemoryTests
{
    [Theory]
    [InlineData("7f5c8a000000-7f5c8a021000 r--p 00000000 fe:00 1234  /usr/lib/libduckdb.so", 0x7f5c8a000000, 0x7f5c8a021000)]
    [InlineData("7f5c8a000000-7f5c8a021000 r-xp 00001000 fe:00 1234  /usr/lib/libstdc++.so.6.0.30", 0x7f5c8a000000, 0x7f5c8a021000)]
    [InlineData("1000-3000 r--s 00000000 fe:00 1234  /opt/app dir/System.Linq.dll", 0x1000, 0x3000)]
    public void TryLibrary_OfAMappedLibrary_GivesItsRange(string line, long start, long end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads the map of Linux");
#pragma warning disable CA1416
        Assert.True(NativeMemory.TryLibrary(line, out var from, out var to));
        Assert.Equal((start, end), (from, to));
    }

    [Theory]
    [InlineData("7f5c8a000000-7f5c8a021000 rw-p 00000000 00:00 0")]
    [InlineData("55d0a0000000-55d0a0021000 rw-p 00000000 00:00 0  [heap]")]
    [InlineData("7f5c8a000000-7f5c8a021000 rw-s 00000000 00:01 77  /memfd:doublemapper (deleted)")]
    [InlineData("7f5c8a000000-7f5c8a021000 rw-s 00000000 fe:00 78  /var/lib/tidegate/state.db-shm")]
    [InlineData("")]
    public void TryLibrary_OfAnythingElse_IsFalse(string line) => Assert.False(NativeMemory.TryLibrary(line, out _, out _));

    [Fact]
    public void PageOutLibraries_OfARunningProcess_ChangesNothingItSees()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks Linux");
        NativeMemory.TrimAllocator();
        NativeMemory.PageOutLibraries();
        Assert.Equal("abc", string.Concat("a", "b", "c"));
        Assert.Equal(6, Enumerable.Range(1, 3).Sum());
    }
}
