using System.Text;
using Tidegate.Gateway.Models.Faces;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Forms are read as their receiver reads them: what was decided by one model must not be done by another.</summary>
public sealed class FormScanTests
{
    private const string Type = "multipart/form-data; boundary=a";

    [Fact]
    public void Read_AForm_FindsModelAndStream()
    {
        var scan = Read($"preamble\r\n--a \t\r\n{Part("file")}\r\n\r\nx--a\r\n--ab\r\n--a\r\n{Part("model")}\r\n\r\nfast\r\n--a\r\n{Part("stream")}\r\n\r\ntrue\r\n--a--");

        Assert.Equal(("fast", true, null), (scan.Model, scan.Stream, scan.Problem));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("stream")]
    public void Read_WhatDecides_Twice_IsRefused(string name)
    {
        var scan = Read($"--a\r\n{Part(name)}\r\n\r\nx\r\n--a\r\n{Part(name)}\r\n\r\ny\r\n--a--");

        Assert.Equal($"\"{name}\" stands in the form twice: leave one out.", scan.Problem);
    }

    // A line that only begins like the boundary hides the real model behind it, and shows another within a file.
    [Fact]
    public void Read_ALongerBoundary_HidesNothing()
    {
        var scan = Read($"--a\r\n{Part("file")}\r\n\r\nx\r\n--ab\r\n{Part("y")}\r\n--a\r\n{Part("model")}\r\n\r\nreal\r\n--a\r\n{Part("z")}\r\n\r\n\r\n--ab\r\n{Part("model")}\r\n\r\nshown\r\n--a--");

        Assert.Equal("real", scan.Model);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--a")]
    [InlineData("--a\r\n")]
    [InlineData("--a\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nfast")]
    [InlineData("--a\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nfast\r\n--ab--")]
    public void Read_HalfAForm_IsRefused(string form) => Assert.NotNull(Read(form).Problem);

    private static RequestScan Read(string form) => FormScan.Read(Encoding.UTF8.GetBytes(form), Type);

    private static string Part(string name) => $"Content-Disposition: form-data; name=\"{name}\"";
}
