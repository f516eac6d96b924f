using System.Text.Json;
using Tidegate.Hosting.Memory;

namespace Tidegate.Tests.Hosting.Memory;

public sealed class NativeMemoryTests
{
    [Fact]
    public void DropPages_OfARunningProcess_ChangesNothingItSees()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("asks Linux");
        NativeMemory.TrimAllocator();
        for (var i = 0; i < 3; i++)
        {
            NativeMemory.DropPages(NativeMemory.Libraries());
            Assert.Equal("[1,2,3]", JsonSerializer.Serialize(Enumerable.Range(1, 3)));
        }
    }
}
