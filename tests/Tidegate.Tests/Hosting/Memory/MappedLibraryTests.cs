using Tidegate.Hosting.Memory;

namespace Tidegate.Tests.Hosting.Memory;

public sealed class MappedLibraryTests
{
    [Fact]
    public void Read_OfAMap_GivesLibrariesOnly_AndKnowsWhichWereChanged()
    {
        const string map = """
            55d0a0000000-55d0a0021000 rw-p 00000000 00:00 0                          [heap]
            Rss:                 132 kB
            Anonymous:           132 kB
            7f0000000000-7f0000400000 r--p 00000000 fe:00 1234                       /opt/tide gate/libduckdb.so
            Rss:                4096 kB
            Anonymous:             0 kB
            Swap:                  0 kB
            7f0000400000-7f0000500000 r--p 00400000 fe:00 1234                       /opt/tide gate/libduckdb.so
            Anonymous:           752 kB
            Swap:                  0 kB
            7f0000500000-7f0000600000 r-xp 00500000 fe:00 1234                       /usr/lib/libstdc++.so.6.0.30
            Anonymous:             0 kB
            Swap:                  4 kB
            7f0000600000-7f0000700000 rw-p 00500000 fe:00 1234                       /usr/share/dotnet/System.Linq.dll
            Anonymous:             0 kB
            7f0000700000-7f0000800000 rw-s 00000000 00:01 77                         /memfd:doublemapper (deleted)
            7f0000800000-7f0000900000 rw-s 00000000 fe:00 78                         /var/lib/tidegate/state.db-shm
            VmFlags: rd wr sh
            """;

        var libraries = MappedLibrary.Read(map.Split('\n')).ToList();

        Assert.Equal(
            [
                new MappedLibrary(unchecked((nint)0x7f0000000000), 0x400000, "/opt/tide gate/libduckdb.so", IsUntouched: true),
                new MappedLibrary(unchecked((nint)0x7f0000400000), 0x100000, "/opt/tide gate/libduckdb.so", IsUntouched: false),
                new MappedLibrary(unchecked((nint)0x7f0000500000), 0x100000, "/usr/lib/libstdc++.so.6.0.30", IsUntouched: false),
                new MappedLibrary(unchecked((nint)0x7f0000600000), 0x100000, "/usr/share/dotnet/System.Linq.dll", IsUntouched: false),
            ],
            libraries);
    }

    [Fact]
    public void Read_OfNothing_IsEmpty() => Assert.Empty(MappedLibrary.Read([]));
}
