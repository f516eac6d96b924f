using System.Diagnostics;
using System.Reflection;

namespace Tidegate.Tests.Support;

/// <summary>
/// A program in a process of its own, for tests that kill it. It is a static method of this assembly: the process is the test program, whose
/// <see cref="Program"/> runs the method instead of tests when the environment says so.
/// </summary>
internal static class ChildProgram
{
    private const string Variable = "TIDEGATE_TEST_CHILD";

    /// <summary>The variables that make the test program run a method.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentFor(Action<string[]> program, params string[] arguments) =>
        new Dictionary<string, string> { [Variable] = string.Join('\n', [program.Method.DeclaringType!.FullName!, program.Method.Name, .. arguments]) };

    /// <summary>Starts <paramref name="program"/>, a static method without captures, with arguments. Its standard output can be read.</summary>
    public static Process Start(Action<string[]> program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(ChildProgram).Assembly.Location);
        foreach (var (name, value) in EnvironmentFor(program, arguments)) start.Environment[name] = value;
        // A child lives for seconds: measuring its code in order to compile it better only makes its start slower.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>Runs the method the environment asks for; false when it asks for none.</summary>
    public static bool RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } asked) return false;
        var words = asked.Split('\n');
        var method = Type.GetType(words[0])!.GetMethod(words[1], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        method.Invoke(null, [words[2..]]);
        return true;
    }
}
